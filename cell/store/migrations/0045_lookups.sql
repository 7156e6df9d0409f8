-- Single lookups: one officer, one value, before acting. A grant says how many of which kinds one agency lets another
-- ask until when; the asker keeps what it asked, the holder keeps which tokens are spent. What is asked stays closed to
-- the holder, and what is held to the asker, but for the answer.
SET ROLE tandem_owner;

-- One grant, seen from one side. A request of another agency is received by a lane, as deliveries are.
CREATE TABLE tandem.lookup_grant (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  grant_id     uuid NOT NULL,
  side         text NOT NULL CHECK (side IN ('asker', 'holder')),
  peer         text NOT NULL CHECK (length(peer) BETWEEN 1 AND 128),
  state        text NOT NULL CHECK (state IN ('proposed', 'waiting', 'received', 'refused', 'in force', 'ended')),
  kinds        text[] NOT NULL,
  lookups      integer NOT NULL CHECK (lookups BETWEEN 1 AND 1000),
  -- Operation, authority, purpose: words of people.
  terms_sealed   bytea NOT NULL,
  -- The signed request: the asker says it again until it is answered, the holder's people decide on it.
  request_sealed bytea,
  -- Of the request; the first half names the grant on both sides.
  digest       bytea CHECK (octet_length(digest) = 32),
  made_by      uuid NOT NULL DEFAULT gate.person(),
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at   timestamptz NOT NULL,
  decided_by   uuid,
  decided_at   timestamptz,
  decision_sealed bytea,
  -- The rights under which the holder's machine answers when its people have left the screen.
  job_id       uuid,
  -- Whom to call at the holder, whatever an answer says.
  desk         text,
  -- Of the holder: the secret of this grant and what its tokens are made with. Gone when the grant has ended.
  key_sealed   bytea,
  -- The offer as it travelled: statement, proof of the ledger, outputs, tokens.
  list_sealed  bytea,
  -- Fixed in the holder's ledger before anything is asked.
  public_key   bytea CHECK (octet_length(public_key) = 32),
  outputs      bytea CHECK (octet_length(outputs) = 32),
  size         integer,
  listed_at    timestamptz,
  -- Of the asker: numbers of tokens that were taken; the first tests the list itself.
  used         integer NOT NULL DEFAULT 0,
  why          text,
  ended_at     timestamptz,
  PRIMARY KEY (agency_id, grant_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, made_by) REFERENCES tandem.person,
  -- Two people on the side that asks; on the other one the lane received and a person decided.
  CHECK (decided_by IS NULL OR decided_by <> made_by),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (decided_by IS NOT NULL OR state IN ('proposed', 'received', 'ended')),
  CHECK (state <> 'in force' OR (public_key IS NOT NULL AND list_sealed IS NOT NULL)),
  CHECK (used BETWEEN 0 AND lookups + 1),
  CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CHECK (state <> 'ended' OR key_sealed IS NULL)
);
CREATE UNIQUE INDEX lookup_grant_digest ON tandem.lookup_grant (agency_id, digest);
CREATE INDEX lookup_grant_made ON tandem.lookup_grant (agency_id, operation_id, made_at DESC, grant_id);

-- What this agency asked. It stands here, and in the ledger, before the question leaves.
CREATE TABLE tandem.lookup (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  lookup_id    uuid NOT NULL,
  grant_id     uuid NOT NULL,
  -- The first token of the question; a value with several forms takes several.
  number       integer NOT NULL,
  kind         text NOT NULL,
  -- The value, why it was asked, and what opens the elements to oversight.
  asked_sealed bytea NOT NULL,
  -- What left: one blinded element a token, as in the ledger of both sides. No update reaches it.
  elements     bytea NOT NULL CHECK (octet_length(elements) >= 32 AND octet_length(elements) % 32 = 0),
  -- Whether a referral of the operation mentioned it when it was asked.
  in_record    boolean NOT NULL,
  state        text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'answered', 'no answer')),
  held         boolean,
  outcome      jsonb,
  made_by      uuid NOT NULL DEFAULT gate.person(),
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz,
  PRIMARY KEY (agency_id, lookup_id),
  UNIQUE (agency_id, grant_id, number),
  FOREIGN KEY (agency_id, grant_id) REFERENCES tandem.lookup_grant,
  FOREIGN KEY (agency_id, made_by) REFERENCES tandem.person,
  CHECK ((state = 'answered') = (held IS NOT NULL)),
  CHECK ((state = 'no answer') = (outcome IS NOT NULL)),
  CHECK ((state = 'asked') = (ended_at IS NULL))
);
CREATE INDEX lookup_made ON tandem.lookup (agency_id, operation_id, made_at DESC, lookup_id);

-- Tokens that another agency has spent here: each once, however many copies of a question arrive together.
CREATE TABLE tandem.lookup_spent (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  grant_id     uuid NOT NULL,
  number       integer NOT NULL CHECK (number >= 0),
  -- What was evaluated: blinded, it says nothing of the value.
  element      bytea NOT NULL CHECK (octet_length(element) = 32),
  spent_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, grant_id, number),
  FOREIGN KEY (agency_id, grant_id) REFERENCES tandem.lookup_grant
);

-- Oversight draws some of the lookups under a grant; the agency opens them. What it says holds no value.
CREATE TABLE tandem.lookup_audit (
  cell_id      uuid NOT NULL DEFAULT gate.cell(),
  agency_id    uuid NOT NULL,
  operation_id uuid NOT NULL,
  audit_id     uuid NOT NULL,
  grant_id     uuid NOT NULL,
  numbers      jsonb NOT NULL,
  asked_by     uuid NOT NULL DEFAULT gate.person(),
  asked_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  opened_by    uuid,
  opened_at    timestamptz,
  result       jsonb,
  PRIMARY KEY (agency_id, audit_id),
  FOREIGN KEY (agency_id, grant_id) REFERENCES tandem.lookup_grant,
  FOREIGN KEY (agency_id, opened_by) REFERENCES tandem.person,
  CHECK ((opened_by IS NULL) = (result IS NULL)),
  CHECK ((opened_by IS NULL) = (opened_at IS NULL))
);
CREATE INDEX lookup_audit_grant ON tandem.lookup_audit (agency_id, grant_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.lookup_grant', 'tandem.lookup', 'tandem.lookup_spent', 'tandem.lookup_audit'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (agency_id = (SELECT gate.agency()))', t);
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
    EXECUTE format('CREATE POLICY membership ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = (SELECT gate.purposed_operation()))', t);
    -- A grant whose authority has lapsed must still be ended: the machine may, and answers nothing.
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor%s
      USING (operation_id = (SELECT gate.authorised_operation()))', t,
      CASE WHEN t = 'tandem.lookup_grant' THEN '' ELSE ', tandem_ingest' END);
    -- The inspector sees how much was asked and how it ended, of every agency; what was asked about is sealed.
    EXECUTE format('CREATE POLICY inspection ON %s%s TO tandem_inspector
      USING ((SELECT gate.role()) = ''inspector'')', t, CASE WHEN t = 'tandem.lookup_audit' THEN '' ELSE ' FOR SELECT' END);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['tandem.lookup_grant', 'tandem.lookup'] LOOP
    EXECUTE format('CREATE POLICY own_name ON %s AS RESTRICTIVE FOR INSERT
      TO tandem_officer, tandem_supervisor, tandem_ingest WITH CHECK (made_by = (SELECT gate.person()))', t);
  END LOOP;
END $$;
CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.lookup_grant
  FOR EACH ROW EXECUTE FUNCTION tandem.sign_own_name('decided_by');
CREATE POLICY own_name ON tandem.lookup_audit AS RESTRICTIVE FOR INSERT TO tandem_inspector
  WITH CHECK (asked_by = (SELECT gate.person()));
CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.lookup_audit
  FOR EACH ROW EXECUTE FUNCTION tandem.sign_own_name('opened_by');

GRANT SELECT ON tandem.lookup_grant, tandem.lookup_spent TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT INSERT ON tandem.lookup_grant TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT UPDATE (state, digest, request_sealed, decided_by, decided_at, decision_sealed, job_id, desk, key_sealed, list_sealed,
  public_key, outputs, size, listed_at, used, why, ended_at) ON tandem.lookup_grant TO tandem_officer, tandem_supervisor;
GRANT UPDATE (state, key_sealed, why, ended_at) ON tandem.lookup_grant TO tandem_ingest;
GRANT SELECT, INSERT ON tandem.lookup TO tandem_officer, tandem_supervisor;
GRANT UPDATE (state, held, outcome, ended_at) ON tandem.lookup TO tandem_officer, tandem_supervisor;
GRANT INSERT ON tandem.lookup_spent TO tandem_ingest;
GRANT SELECT (cell_id, agency_id, operation_id, grant_id, side, peer, state, kinds, lookups, made_at, expires_at, public_key,
  outputs, size, listed_at, used, ended_at) ON tandem.lookup_grant TO tandem_inspector;
GRANT SELECT (cell_id, agency_id, operation_id, lookup_id, grant_id, number, kind, elements, in_record, state, held, made_at, ended_at)
  ON tandem.lookup TO tandem_inspector;
GRANT SELECT ON tandem.lookup_spent TO tandem_inspector;
GRANT SELECT ON tandem.lookup_audit TO tandem_officer, tandem_supervisor, tandem_inspector;
GRANT INSERT ON tandem.lookup_audit TO tandem_inspector;
GRANT UPDATE (opened_by, opened_at, result) ON tandem.lookup_audit TO tandem_officer, tandem_supervisor;
RESET ROLE;
