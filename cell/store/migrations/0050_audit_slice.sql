-- The audit slice: a share of what ranks low is drawn by lot, so that what the ranks miss can be estimated. No rank, no
-- priority and no clock reads these columns.
SET ROLE tandem_owner;

-- Written once, with the first score, and only where that score ranked low (P3). No login may update lot, share or draw.
ALTER TABLE tandem.triage_item
  -- A keyed token of the referral's id, as a number below a million.
  ADD COLUMN lot integer CHECK (lot BETWEEN 0 AND 999999),
  -- Lots below this one were drawn at that time.
  ADD COLUMN lots_drawn integer CHECK (lots_drawn BETWEEN 0 AND 1000000),
  ADD COLUMN by_lot boolean GENERATED ALWAYS AS (lot < lots_drawn) STORED,
  -- When the machine first ranked higher what had ranked low: such a referral is no miss of the ranks.
  ADD COLUMN risen_at timestamptz,
  ADD CHECK ((lot IS NULL) = (lots_drawn IS NULL));
-- What of the slice still waits is counted from this index alone.
CREATE INDEX triage_by_lot ON tandem.triage_item (agency_id, operation_id, held_until)
  WHERE by_lot AND state IN ('open', 'taken', 'held');
GRANT UPDATE (risen_at) ON tandem.triage_item TO tandem_ingest;

-- What a referral was closed with, in the clear, to be counted; the reason stays sealed.
ALTER TABLE tandem.decision ADD COLUMN outcome text CHECK (outcome IN ('passed to a force', 'passed to another agency',
  'no further action', 'not an offence', 'added to an operation')), ADD CHECK (outcome IS NULL OR verb = 'close');

-- The inspector counts what became of the slice and how often people disagree, of every agency: places, codes and
-- instants alone, no word of a report or of a person.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.triage_item', 'tandem.triage_score', 'tandem.decision', 'tandem.safeguarding',
                           'tandem.rank_disagreement'] LOOP
    EXECUTE format('CREATE POLICY inspection ON %s FOR SELECT TO tandem_inspector
      USING ((SELECT gate.role()) = ''inspector'')', t);
  END LOOP;
END $$;
GRANT SELECT (agency_id, operation_id, referral_id, state, confirmed_priority, lot, lots_drawn, by_lot, risen_at)
  ON tandem.triage_item TO tandem_inspector;
GRANT SELECT (agency_id, operation_id, referral_id, number, weight_set, scored_at) ON tandem.triage_score TO tandem_inspector;
GRANT SELECT (agency_id, operation_id, referral_id, decision_id, verb, outcome, decided_at, undoes)
  ON tandem.decision TO tandem_inspector;
GRANT SELECT (agency_id, operation_id, referral_id, safeguarding_id, referred_at) ON tandem.safeguarding
  TO tandem_inspector;
GRANT SELECT (agency_id, operation_id, referral_id, disagreement_id, score_number, direction, said_by, said_at, undoes)
  ON tandem.rank_disagreement TO tandem_inspector;
RESET ROLE;
