-- Each record has a key of its own. It lies here wrapped under a key of its operation, and that one lies outside the
-- database and outside its backups: where it is destroyed, an older copy of this table opens nothing.
SET ROLE tandem_owner;

-- An operation has 256 keys; a record belongs to the one that the last byte of its id names. Which version wraps now.
CREATE TABLE tandem.key_slot (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  slot         smallint NOT NULL CHECK (slot BETWEEN 0 AND 255),
  version      integer NOT NULL CHECK (version > 0),
  PRIMARY KEY (agency_id, operation_id, slot),
  UNIQUE (agency_id, operation_id, slot, version),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation
);

-- Without bytes: erased by law. The row stays, so that an erased record is told from a lost key.
CREATE TABLE tandem.record_key (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  record_id    uuid NOT NULL,
  slot         smallint NOT NULL,
  version      integer,
  bytes        bytea CHECK (octet_length(bytes) = 61),
  erased_at    timestamptz,
  PRIMARY KEY (agency_id, record_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  -- A key that was wrapped under a version which somebody replaced meanwhile is refused at the commit.
  CONSTRAINT record_key_of_slot FOREIGN KEY (agency_id, operation_id, slot, version)
    REFERENCES tandem.key_slot (agency_id, operation_id, slot, version) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((bytes IS NULL) = (erased_at IS NOT NULL)),
  CHECK ((bytes IS NULL) = (version IS NULL))
);
CREATE INDEX record_key_slot ON tandem.record_key (agency_id, operation_id, slot);

-- An erasure takes two people: refused unless, in this very transaction, the acting person has approved what another one
-- proposed, for this record. Whoever owns the database brings an older copy of it forward.
CREATE FUNCTION tandem.erasure_takes_two() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  IF OLD.bytes IS NULL THEN
    RAISE EXCEPTION 'what is erased stays erased' USING ERRCODE = '42501';
  END IF;
  IF pg_has_role(session_user, 'tandem_owner', 'MEMBER') THEN RETURN NEW; END IF;
  IF NOT EXISTS (
    SELECT FROM tandem.proposal p
     WHERE p.agency_id = NEW.agency_id AND p.verb = 'erase' AND p.state = 'approved'
       AND p.change -> 'records' ? NEW.record_id::text
       AND p.settled_by = (gate.acting()).person_id AND p.proposed_by <> p.settled_by
       AND p.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'an erasure takes two people' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER erasure_takes_two BEFORE UPDATE OF bytes ON tandem.record_key FOR EACH ROW
  WHEN (NEW.bytes IS NULL OR OLD.bytes IS NULL) EXECUTE FUNCTION tandem.erasure_takes_two();

-- The normal form is sealed with the mention, under its referral's key: what several referrals share holds a token alone.
ALTER TABLE tandem.mention ADD COLUMN normal_sealed bytea;
ALTER TABLE tandem.observable ALTER COLUMN normal_sealed DROP NOT NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.key_slot', 'tandem.record_key'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE
      TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner
      USING (agency_id = (SELECT gate.agency()))', t);
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
    EXECUTE format('CREATE POLICY membership ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = (SELECT gate.purposed_operation()))', t);
    -- A lane seals what it receives, also while its authority has lapsed.
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor
      USING (operation_id = (SELECT gate.authorised_operation()))', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON tandem.key_slot, tandem.record_key TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT UPDATE (version) ON tandem.key_slot TO tandem_supervisor;
GRANT UPDATE (version, bytes, erased_at) ON tandem.record_key TO tandem_supervisor;
RESET ROLE;
