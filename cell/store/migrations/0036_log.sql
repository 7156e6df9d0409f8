-- Each agency's transparency log. Business transactions write leaves and wait for nobody; afterwards the sequencer gives
-- every leaf its place, and a place once given is never changed. The notifier's login does it: it sees commitments and
-- ids, never an opening.
GRANT USAGE ON SCHEMA ledger TO tandem_notifier;
SET ROLE tandem_owner;

CREATE TABLE ledger.place (
  cell_id   uuid NOT NULL,
  agency_id uuid NOT NULL,
  entry_id  uuid NOT NULL,
  -- Null until the sequencer has been here; then counted from zero without a gap.
  index     bigint CHECK (index >= 0),
  PRIMARY KEY (agency_id, entry_id),
  FOREIGN KEY (agency_id, entry_id) REFERENCES ledger.leaf
);
CREATE UNIQUE INDEX place_index ON ledger.place (agency_id, index);
CREATE INDEX place_waiting ON ledger.place (agency_id, entry_id) WHERE index IS NULL;

CREATE FUNCTION ledger.placed_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  IF OLD.index IS NOT NULL OR NEW.agency_id <> OLD.agency_id OR NEW.entry_id <> OLD.entry_id THEN
    RAISE EXCEPTION 'an entry of the log keeps its place' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER placed_once BEFORE UPDATE ON ledger.place FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION ledger.placed_once();

-- One row a log: its name for ever, and the last checkpoint that the cell has published.
CREATE TABLE ledger.log (
  cell_id       uuid NOT NULL,
  agency_id     uuid NOT NULL PRIMARY KEY REFERENCES tandem.agency,
  -- In addresses and file names.
  name          text NOT NULL CHECK (name ~ '^[a-z0-9-]{1,80}$'),
  -- C2SP tlog-checkpoint: what is signed on the first line.
  origin        text NOT NULL,
  size          bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
  root          bytea CHECK (octet_length(root) = 32),
  note          text,
  signed_at     timestamptz,
  -- The newest checkpoint that enough witnesses have cosigned.
  cosigned_size bigint NOT NULL DEFAULT 0,
  cosigned_note text,
  CHECK ((size = 0) = (note IS NULL) AND (note IS NULL) = (root IS NULL))
);

-- What the witness of an agency has cosigned of another's log: it never goes back, or to another history.
CREATE TABLE ledger.witnessed (
  cell_id   uuid NOT NULL,
  agency_id uuid NOT NULL REFERENCES tandem.agency,
  origin    text NOT NULL,
  size      bigint NOT NULL CHECK (size >= 0),
  root      bytea NOT NULL CHECK (octet_length(root) = 32),
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, origin)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ledger.place', 'ledger.log', 'ledger.witnessed'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY sequencing ON %s TO tandem_notifier USING (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['ledger.place', 'ledger.log'] LOOP
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor
      USING (agency_id = (SELECT gate.agency()))', t);
    EXECUTE format('CREATE POLICY own_agency ON %s FOR SELECT TO tandem_officer, tandem_supervisor USING (true)', t);
    EXECUTE format('CREATE POLICY inspection ON %s FOR SELECT TO tandem_inspector
      USING ((SELECT gate.role()) = ''inspector'')', t);
    EXECUTE format('GRANT SELECT ON %s TO tandem_officer, tandem_supervisor, tandem_inspector', t);
  END LOOP;
END $$;
CREATE POLICY sequencing ON ledger.leaf FOR SELECT TO tandem_notifier USING (true);
GRANT SELECT ON ledger.leaf TO tandem_notifier;
GRANT SELECT, UPDATE (index) ON ledger.place TO tandem_notifier;
GRANT SELECT, INSERT, UPDATE (size, root, note, signed_at, cosigned_size, cosigned_note) ON ledger.log TO tandem_notifier;
GRANT SELECT, INSERT, UPDATE (size, root, at) ON ledger.witnessed TO tandem_notifier;

CREATE POLICY gatekeeper ON ledger.place TO tandem_gatekeeper USING (true);
GRANT INSERT ON ledger.place TO tandem_gatekeeper;
GRANT SELECT (cell_id) ON ledger.leaf TO tandem_gatekeeper;
RESET ROLE;

GRANT CREATE ON SCHEMA gate TO tandem_gatekeeper;
SET ROLE tandem_gatekeeper;
-- Whoever writes a leaf makes it wait for its place; no login has a hand in that.
CREATE FUNCTION gate.await_place() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
  INSERT INTO ledger.place (cell_id, agency_id, entry_id) SELECT w.cell_id, w.agency_id, w.entry_id FROM written w;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION gate.await_place() TO tandem_owner;
-- What a cell of an earlier version has written already.
INSERT INTO ledger.place (cell_id, agency_id, entry_id) SELECT cell_id, agency_id, entry_id FROM ledger.leaf;
RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;

SET ROLE tandem_owner;
CREATE TRIGGER await_place AFTER INSERT ON ledger.leaf REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION gate.await_place();
RESET ROLE;
