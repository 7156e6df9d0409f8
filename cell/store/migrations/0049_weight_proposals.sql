-- Weight sets that are proposed, from what people chose or by hand. Nobody uses them: there is no state "in force" here, and
-- no score reads this table. A set comes into force as a file of a release.
SET ROLE tandem_owner;

CREATE TABLE tandem.weight_proposal (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  proposal_id  uuid NOT NULL,
  weight_set   text NOT NULL,
  based_on     text NOT NULL,
  origin       text NOT NULL CHECK (origin IN ('choices', 'file')),
  -- The whole set as canonical JSON, so that its digest can be made again.
  weights      text NOT NULL,
  sha256       bytea NOT NULL CHECK (sha256 = sha256(convert_to(weights, 'UTF8'))),
  changes      jsonb NOT NULL,
  why_sealed   bytea NOT NULL,
  choices      integer NOT NULL CHECK (choices >= 0),
  agreed_before integer NOT NULL CHECK (agreed_before BETWEEN 0 AND choices),
  agreed_after integer NOT NULL CHECK (agreed_after BETWEEN 0 AND choices),
  -- What it would have changed in the open queue of that moment, in counts.
  replay       jsonb NOT NULL,
  proposed_by  uuid NOT NULL DEFAULT gate.person(),
  proposed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, proposal_id),
  UNIQUE (agency_id, operation_id, weight_set),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, proposed_by) REFERENCES tandem.person,
  CHECK (weight_set <> based_on)
);

ALTER TABLE tandem.weight_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE tandem.weight_proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY agency ON tandem.weight_proposal AS RESTRICTIVE TO tandem_officer, tandem_supervisor
  USING (agency_id = (SELECT gate.agency()));
CREATE POLICY works_here ON tandem.weight_proposal TO tandem_officer, tandem_supervisor USING (true);
CREATE POLICY membership ON tandem.weight_proposal AS RESTRICTIVE TO tandem_officer, tandem_supervisor
  USING (operation_id = ANY ((SELECT gate.operations())::uuid[]));
CREATE POLICY purpose ON tandem.weight_proposal AS RESTRICTIVE TO tandem_officer, tandem_supervisor
  USING (operation_id = (SELECT gate.purposed_operation()));
CREATE POLICY authority ON tandem.weight_proposal AS RESTRICTIVE TO tandem_officer, tandem_supervisor
  USING (operation_id = (SELECT gate.authorised_operation()));
CREATE POLICY own_name ON tandem.weight_proposal AS RESTRICTIVE FOR INSERT TO tandem_supervisor
  WITH CHECK (proposed_by = (SELECT gate.person()));

-- Proposed where authorities are made; whoever works in the operation may read what was proposed.
GRANT SELECT ON tandem.weight_proposal TO tandem_officer, tandem_supervisor;
GRANT INSERT ON tandem.weight_proposal TO tandem_supervisor;
RESET ROLE;
