-- A file or an account that stands in very many referrals must not make each further one slower: the oldest and the
-- latest of them are found without reading the rest.
SET ROLE tandem_owner;
DROP INDEX tandem.fingerprint_value;
CREATE INDEX fingerprint_value ON tandem.fingerprint (agency_id, kind, value, referral_id);
DROP INDEX tandem.mention_observable;
CREATE INDEX mention_observable ON tandem.mention (agency_id, observable_id, referral_id);

-- The tabs of the queue are counted from an index alone, and what has ended is read in its order.
CREATE INDEX triage_tabs ON tandem.triage_item
  (agency_id, operation_id, state, effective_priority, held_until, taken_by);
CREATE INDEX triage_changed ON tandem.triage_item (agency_id, operation_id, changed_at DESC, referral_id DESC);
-- What the ledger says of one referral, and where a sender's reference stands, whoever sent it.
CREATE INDEX opening_referral ON ledger.opening (agency_id, (object ->> 'referral'), at DESC, entry_id DESC);
CREATE INDEX referral_reference_alone ON tandem.referral (agency_id, reference) WHERE reference IS NOT NULL;

-- These rows hang on a parent row of the same agency, which says the cell. A key of their own to the one row of
-- tandem.cell makes every insert of every transaction lock that row.
ALTER TABLE tandem.payload_chunk DROP CONSTRAINT payload_chunk_cell_id_fkey;
ALTER TABLE tandem.mention DROP CONSTRAINT mention_cell_id_fkey;
ALTER TABLE tandem.fingerprint DROP CONSTRAINT fingerprint_cell_id_fkey;
ALTER TABLE tandem.hit DROP CONSTRAINT hit_cell_id_fkey;
ALTER TABLE tandem.list_entry DROP CONSTRAINT list_entry_cell_id_fkey;
ALTER TABLE tandem.triage_score DROP CONSTRAINT triage_score_cell_id_fkey;
ALTER TABLE tandem.relation DROP CONSTRAINT relation_cell_id_fkey;
ALTER TABLE ledger.opening DROP CONSTRAINT opening_cell_id_fkey;
RESET ROLE;
