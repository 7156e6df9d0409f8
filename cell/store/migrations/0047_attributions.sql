-- Whose line was it: an address or a name is attributed by two people, from records, with its doubts by name.
-- No address, no time and no name is typed: the use of an address is named by its place in a referral, and what is
-- attributed was copied from a place in the record of an answer.
SET ROLE tandem_owner;

CREATE TABLE tandem.attribution (
  cell_id        uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id      uuid NOT NULL DEFAULT gate.agency(),
  operation_id   uuid NOT NULL,
  attribution_id uuid NOT NULL,
  -- The use of an address: which one, of which person, of which referral.
  referral_id    uuid NOT NULL,
  person         integer NOT NULL CHECK (person >= 0),
  event          integer NOT NULL CHECK (event >= 0),
  -- The record of the answer; without one nothing can be cleared.
  answer_id      uuid,
  answer_person  integer CHECK (answer_person >= 0),
  -- The copied name and address, under the key of the answer: it goes when the answer is erased.
  attributed_sealed bytea,
  -- Lines and checks as they were given, and all that was judged, under the key of the referral.
  given_sealed   bytea NOT NULL,
  basis_sealed   bytea NOT NULL,
  -- Names of doubts. They say nothing about anybody, and travel with the attribution for good.
  doubts         text[] NOT NULL,
  reason_sealed  bytea NOT NULL,
  -- Why it shall be cleared in spite of its doubts.
  override_sealed bytea,
  proposed_by    uuid NOT NULL DEFAULT gate.person(),
  proposed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  state          text NOT NULL DEFAULT 'proposed'
                 CHECK (state IN ('proposed', 'cleared', 'cleared with doubts', 'refused')),
  settled_by     uuid,
  settled_at     timestamptz,
  settled_reason_sealed bytea,
  -- SHA-256 of the sealed basis that the second person's judgement was compared with.
  settled_on     bytea,
  PRIMARY KEY (agency_id, attribution_id),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, answer_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, proposed_by) REFERENCES tandem.person,
  FOREIGN KEY (agency_id, settled_by) REFERENCES tandem.person,
  CHECK (settled_by <> proposed_by),
  CHECK ((state = 'proposed') = (settled_by IS NULL)),
  CHECK ((settled_by IS NULL) = (settled_at IS NULL) AND (settled_by IS NULL) = (settled_reason_sealed IS NULL)),
  CHECK ((answer_id IS NULL) = (answer_person IS NULL)),
  CHECK (answer_id IS NOT NULL OR attributed_sealed IS NULL),
  CHECK (state <> 'cleared' OR doubts = '{}'),
  CHECK (state <> 'cleared with doubts' OR (doubts <> '{}' AND override_sealed IS NOT NULL)),
  -- What was not copied from a record of the cell is never cleared, whatever people agree on.
  CHECK (state NOT IN ('cleared', 'cleared with doubts') OR attributed_sealed IS NOT NULL)
);
CREATE INDEX attribution_referral ON tandem.attribution (agency_id, referral_id, proposed_at);
CREATE UNIQUE INDEX attribution_one_pending ON tandem.attribution (agency_id, referral_id, person, event)
  WHERE state = 'proposed';

-- An attribution that was wrong. Nothing is deleted: from now on it is shown as in error.
CREATE TABLE tandem.attribution_error (
  cell_id        uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id      uuid NOT NULL DEFAULT gate.agency(),
  operation_id   uuid NOT NULL,
  error_id       uuid NOT NULL,
  attribution_id uuid NOT NULL,
  grading        text NOT NULL CHECK (grading IN ('recordable', 'reportable', 'not decided')),
  -- What was wrong, why, what came of it, who was told.
  error_sealed   bytea NOT NULL,
  opened_by      uuid NOT NULL DEFAULT gate.person(),
  opened_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, error_id),
  FOREIGN KEY (agency_id, attribution_id) REFERENCES tandem.attribution,
  FOREIGN KEY (agency_id, opened_by) REFERENCES tandem.person
);
CREATE INDEX attribution_error_of ON tandem.attribution_error (agency_id, attribution_id, opened_at);

-- It starts as a proposal, is settled once, and is cleared on the very basis that was proposed: whoever settles shows
-- that the judgement of now was compared with it.
CREATE FUNCTION tandem.attribution_takes_two() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      RAISE EXCEPTION 'an attribution starts as a proposal' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'proposed' THEN
    RAISE EXCEPTION 'an attribution is settled once' USING ERRCODE = '42501';
  END IF;
  IF NEW.state IN ('cleared', 'cleared with doubts') AND NEW.settled_on IS DISTINCT FROM sha256(OLD.basis_sealed) THEN
    RAISE EXCEPTION 'cleared on another basis than was proposed' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attribution_takes_two BEFORE INSERT OR UPDATE ON tandem.attribution FOR EACH ROW
  EXECUTE FUNCTION tandem.attribution_takes_two();
CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.attribution FOR EACH ROW
  EXECUTE FUNCTION tandem.sign_own_name('settled_by');

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.attribution', 'tandem.attribution_error'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor
      USING (agency_id = (SELECT gate.agency()))', t);
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor USING (true)', t);
    EXECUTE format('CREATE POLICY membership ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor
      USING (operation_id = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor
      USING (operation_id = (SELECT gate.purposed_operation()))', t);
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor
      USING (operation_id = (SELECT gate.authorised_operation()))', t);
  END LOOP;
END $$;
CREATE POLICY own_name ON tandem.attribution AS RESTRICTIVE FOR INSERT TO tandem_officer, tandem_supervisor
  WITH CHECK (proposed_by = (SELECT gate.person()));
CREATE POLICY own_name ON tandem.attribution_error AS RESTRICTIVE FOR INSERT TO tandem_officer, tandem_supervisor
  WITH CHECK (opened_by = (SELECT gate.person()));

GRANT SELECT, INSERT ON tandem.attribution, tandem.attribution_error TO tandem_officer, tandem_supervisor;
GRANT UPDATE (state, settled_by, settled_at, settled_reason_sealed, settled_on) ON tandem.attribution
  TO tandem_officer, tandem_supervisor;
RESET ROLE;
