-- Deconfliction with another agency: what was asked and received, who approved, how it ended, what was released. Each
-- side keeps its own rows; nothing of the other agency's list is ever in one.
SET ROLE tandem_owner;

-- One run, seen from one side. A request of another agency is received by a lane, as deliveries are.
CREATE TABLE tandem.deconfliction (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  run_id       uuid NOT NULL,
  side         text NOT NULL CHECK (side IN ('asker', 'holder')),
  -- The name of the other agency, under which it signs.
  peer         text NOT NULL CHECK (length(peer) BETWEEN 1 AND 128),
  state        text NOT NULL CHECK (state IN ('proposed', 'waiting', 'received', 'running', 'refused', 'answered', 'no answer')),
  kinds        text[] NOT NULL,
  most_asked   integer NOT NULL,
  most_held    integer NOT NULL,
  -- Own entries that are compared; null on the holder's side until somebody accepts.
  entries      integer,
  -- Operation, authority, purpose, reach: words of people.
  terms_sealed   bytea NOT NULL,
  entries_sealed bytea,
  -- The signed request as it came, so that people may decide on it after a restart.
  request_sealed bytea,
  -- Of the request: whoever answers it twice would answer it under two keys.
  digest       bytea,
  -- The name of the run on both sides, once both have agreed.
  run          bytea,
  made_by      uuid NOT NULL DEFAULT gate.person(),
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at   timestamptz NOT NULL,
  decided_by   uuid,
  decided_at   timestamptz,
  decision_sealed bytea,
  -- The rights under which the run goes on when its people have left the screen.
  job_id       uuid,
  -- Whom a pointer leads to, on this side.
  desk         text,
  -- Own commitment, in the own ledger before the key of the run exists.
  size         integer,
  root         bytea CHECK (octet_length(root) = 32),
  -- Counts, alarms and, without an answer, why.
  outcome      jsonb,
  -- Inputs, salts and scalars for oversight.
  record_sealed bytea,
  ended_at     timestamptz,
  PRIMARY KEY (agency_id, run_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, made_by) REFERENCES tandem.person,
  -- Two people on the side that asks; on the other one the lane received and a person decided.
  CHECK (decided_by IS NULL OR decided_by <> made_by),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  -- Nothing is sent, and nothing answered, that nobody decided on.
  CHECK (decided_by IS NOT NULL OR state IN ('proposed', 'received', 'no answer')),
  CHECK ((state IN ('answered', 'no answer')) = (outcome IS NOT NULL))
);
CREATE UNIQUE INDEX deconfliction_digest ON tandem.deconfliction (agency_id, digest);
CREATE INDEX deconfliction_run ON tandem.deconfliction (agency_id, run);
CREATE INDEX deconfliction_made ON tandem.deconfliction (agency_id, operation_id, made_at DESC, run_id);

-- An own entry that the other side has too: at the asker alone.
CREATE TABLE tandem.deconfliction_hit (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  run_id       uuid NOT NULL,
  number       integer NOT NULL,
  kind         text NOT NULL,
  -- Of an own entry of the run: an observable, or an event that was entered.
  reference    text NOT NULL,
  -- By them the holder finds its own entry, once the hit is released.
  outputs      jsonb NOT NULL,
  PRIMARY KEY (agency_id, run_id, number),
  FOREIGN KEY (agency_id, run_id) REFERENCES tandem.deconfliction
);

CREATE TABLE tandem.deconfliction_release (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  release_id   uuid NOT NULL,
  run_id       uuid NOT NULL,
  state        text NOT NULL CHECK (state IN ('proposed', 'refused', 'approved', 'sent', 'received')),
  -- Own entries: those that are shown, or those that were found to be meant.
  references_sealed bytea NOT NULL,
  -- The desk that the other side may talk to.
  desk         text NOT NULL,
  digest       bytea,
  made_by      uuid NOT NULL DEFAULT gate.person(),
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_by   uuid,
  decided_at   timestamptz,
  decision_sealed bytea,
  -- Desks of the other side, by output.
  pointers     jsonb,
  alarms       jsonb,
  PRIMARY KEY (agency_id, release_id),
  FOREIGN KEY (agency_id, run_id) REFERENCES tandem.deconfliction,
  FOREIGN KEY (agency_id, made_by) REFERENCES tandem.person,
  CHECK (decided_by IS NULL OR decided_by <> made_by),
  CHECK ((decided_by IS NULL) = (state IN ('proposed', 'received'))),
  CHECK ((state IN ('sent', 'received')) = (pointers IS NOT NULL))
);
CREATE UNIQUE INDEX deconfliction_release_digest ON tandem.deconfliction_release (agency_id, digest);
CREATE INDEX deconfliction_release_run ON tandem.deconfliction_release (agency_id, run_id);

-- Public keys of runs that holders have shown: none is used twice.
CREATE TABLE tandem.deconfliction_key (
  cell_id    uuid NOT NULL DEFAULT gate.cell(),
  agency_id  uuid NOT NULL DEFAULT gate.agency() REFERENCES tandem.agency,
  peer       text NOT NULL CHECK (length(peer) BETWEEN 1 AND 128),
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, peer, public_key)
);

-- Oversight asks for a random sample of a committed list; the agency opens it. What it says holds no value.
CREATE TABLE tandem.deconfliction_audit (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL,
  operation_id uuid NOT NULL,
  audit_id     uuid NOT NULL,
  run_id       uuid NOT NULL,
  places       jsonb NOT NULL,
  asked_by     uuid NOT NULL DEFAULT gate.person(),
  asked_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  opened_by    uuid,
  opened_at    timestamptz,
  result       jsonb,
  PRIMARY KEY (agency_id, audit_id),
  FOREIGN KEY (agency_id, run_id) REFERENCES tandem.deconfliction,
  FOREIGN KEY (agency_id, opened_by) REFERENCES tandem.person,
  CHECK ((opened_by IS NULL) = (result IS NULL)),
  CHECK ((opened_by IS NULL) = (opened_at IS NULL))
);
CREATE INDEX deconfliction_audit_run ON tandem.deconfliction_audit (agency_id, run_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.deconfliction', 'tandem.deconfliction_hit', 'tandem.deconfliction_release',
                           'tandem.deconfliction_key', 'tandem.deconfliction_audit'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (agency_id = (SELECT gate.agency()))', t);
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['tandem.deconfliction', 'tandem.deconfliction_hit', 'tandem.deconfliction_release',
                           'tandem.deconfliction_audit'] LOOP
    EXECUTE format('CREATE POLICY membership ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = (SELECT gate.purposed_operation()))', t);
    -- A run whose authority has lapsed must still be ended and told: the machine may, people may not read on.
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor%s
      USING (operation_id = (SELECT gate.authorised_operation()))', t,
      CASE WHEN t = 'tandem.deconfliction' THEN '' ELSE ', tandem_ingest' END);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['tandem.deconfliction', 'tandem.deconfliction_release'] LOOP
    EXECUTE format('CREATE POLICY own_name ON %s AS RESTRICTIVE FOR INSERT
      TO tandem_officer, tandem_supervisor, tandem_ingest WITH CHECK (made_by = (SELECT gate.person()))', t);
    EXECUTE format('CREATE TRIGGER sign_own_name BEFORE UPDATE ON %s
      FOR EACH ROW EXECUTE FUNCTION tandem.sign_own_name(''decided_by'')', t);
  END LOOP;
END $$;
-- A key of the whole agency: one used for an operation is not used for another.
CREATE POLICY authority ON tandem.deconfliction_key AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
  USING ((SELECT gate.authorised_operation()) = ANY ((SELECT gate.operations())::uuid[]));
CREATE POLICY purpose ON tandem.deconfliction_key AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
  USING ((SELECT gate.purposed_operation()) = (SELECT gate.authorised_operation()));

CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.deconfliction_audit
  FOR EACH ROW EXECUTE FUNCTION tandem.sign_own_name('opened_by');
-- The inspector sees that there were runs and how they ended, of every agency; what was asked about is sealed.
CREATE POLICY inspection ON tandem.deconfliction FOR SELECT TO tandem_inspector
  USING ((SELECT gate.role()) = 'inspector');
CREATE POLICY inspection ON tandem.deconfliction_audit TO tandem_inspector
  USING ((SELECT gate.role()) = 'inspector');
CREATE POLICY own_name ON tandem.deconfliction_audit AS RESTRICTIVE FOR INSERT TO tandem_inspector
  WITH CHECK (asked_by = (SELECT gate.person()));

GRANT SELECT ON tandem.deconfliction, tandem.deconfliction_hit, tandem.deconfliction_release
  TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT INSERT ON tandem.deconfliction, tandem.deconfliction_release TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT UPDATE (state, entries, entries_sealed, decided_by, decided_at, decision_sealed, job_id, desk)
  ON tandem.deconfliction TO tandem_officer, tandem_supervisor;
GRANT UPDATE (state, digest, run, size, root, outcome, record_sealed, ended_at) ON tandem.deconfliction TO tandem_ingest;
GRANT INSERT ON tandem.deconfliction_hit TO tandem_ingest;
GRANT UPDATE (state, decided_by, decided_at, decision_sealed, digest, pointers) ON tandem.deconfliction_release
  TO tandem_officer, tandem_supervisor;
GRANT SELECT, INSERT ON tandem.deconfliction_key TO tandem_ingest;
GRANT SELECT ON tandem.deconfliction_audit TO tandem_officer, tandem_supervisor, tandem_inspector;
GRANT INSERT ON tandem.deconfliction_audit TO tandem_inspector;
GRANT UPDATE (opened_by, opened_at, result) ON tandem.deconfliction_audit TO tandem_officer, tandem_supervisor;
GRANT SELECT (cell_id, agency_id, operation_id, run_id, side, peer, state, kinds, most_asked, most_held, made_at,
  expires_at, size, outcome, ended_at) ON tandem.deconfliction TO tandem_inspector;
RESET ROLE;

-- The machine that answers for whoever accepted takes the questions out of the quota, under that person's authority.
GRANT EXECUTE ON FUNCTION gate.take_questions(text, bigint, bigint, interval) TO tandem_ingest;
