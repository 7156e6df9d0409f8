-- A file or an account that stands in very many referrals must not make each further one slower: the oldest and the
-- latest of them are found without reading the rest.
SET ROLE tandem_owner;
DROP INDEX tandem.fingerprint_value;
CREATE INDEX fingerprint_value ON tandem.fingerprint (agency_id, kind, value, referral_id);
DROP INDEX tandem.mention_observable;
CREATE INDEX mention_observable ON tandem.mention (agency_id, observable_id, referral_id);
RESET ROLE;
