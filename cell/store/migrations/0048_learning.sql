-- What people say of ranks. None of it moves one: no trigger, no column of a referral and no score reads these tables.
SET ROLE tandem_owner;

-- "This should stand higher" or "lower", said of one score. Taken back by a further event that names it.
CREATE TABLE tandem.rank_disagreement (
  cell_id         uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id       uuid NOT NULL DEFAULT gate.agency(),
  operation_id    uuid NOT NULL,
  disagreement_id uuid NOT NULL,
  referral_id     uuid NOT NULL,
  -- The score that stood there; it names its weight set.
  score_number    integer NOT NULL,
  direction       text CHECK (direction IN ('higher', 'lower')),
  -- Never demanded. Under the key of the referral: it goes when the referral is erased.
  reason_sealed   bytea,
  said_by         uuid NOT NULL DEFAULT gate.person(),
  said_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  undoes          uuid,
  PRIMARY KEY (agency_id, disagreement_id),
  UNIQUE (agency_id, undoes),
  FOREIGN KEY (agency_id, referral_id, score_number) REFERENCES tandem.triage_score,
  FOREIGN KEY (agency_id, said_by) REFERENCES tandem.person,
  FOREIGN KEY (agency_id, undoes) REFERENCES tandem.rank_disagreement,
  CHECK ((undoes IS NULL) = (direction IS NOT NULL)),
  CHECK (undoes IS NULL OR reason_sealed IS NULL)
);
CREATE INDEX rank_disagreement_referral ON tandem.rank_disagreement (agency_id, referral_id, said_at);
CREATE INDEX rank_disagreement_latest ON tandem.rank_disagreement (agency_id, operation_id, said_at);

-- "This one first": two referrals in hand, and which one a person would look at first. The facts are those of the two
-- scores that were shown, so that a choice can be replayed under any weight set.
CREATE TABLE tandem.rank_choice (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  choice_id    uuid NOT NULL,
  one_id       uuid NOT NULL,
  one_score    integer NOT NULL,
  other_id     uuid NOT NULL,
  other_score  integer NOT NULL,
  first        text CHECK (first IN ('one', 'other', 'cannot say')),
  chosen_by    uuid NOT NULL DEFAULT gate.person(),
  chosen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  undoes       uuid,
  PRIMARY KEY (agency_id, choice_id),
  UNIQUE (agency_id, undoes),
  FOREIGN KEY (agency_id, one_id, one_score) REFERENCES tandem.triage_score,
  FOREIGN KEY (agency_id, other_id, other_score) REFERENCES tandem.triage_score,
  FOREIGN KEY (agency_id, chosen_by) REFERENCES tandem.person,
  FOREIGN KEY (agency_id, undoes) REFERENCES tandem.rank_choice,
  CHECK (one_id <> other_id),
  CHECK ((undoes IS NULL) = (first IS NOT NULL))
);
CREATE INDEX rank_choice_pair ON tandem.rank_choice
  (agency_id, least(one_id, other_id), greatest(one_id, other_id), chosen_at);
CREATE INDEX rank_choice_latest ON tandem.rank_choice (agency_id, operation_id, chosen_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.rank_disagreement', 'tandem.rank_choice'] LOOP
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
CREATE POLICY own_name ON tandem.rank_disagreement AS RESTRICTIVE FOR INSERT TO tandem_officer, tandem_supervisor
  WITH CHECK (said_by = (SELECT gate.person()));
CREATE POLICY own_name ON tandem.rank_choice AS RESTRICTIVE FOR INSERT TO tandem_officer, tandem_supervisor
  WITH CHECK (chosen_by = (SELECT gate.person()));

GRANT SELECT, INSERT ON tandem.rank_disagreement, tandem.rank_choice TO tandem_officer, tandem_supervisor;
RESET ROLE;
