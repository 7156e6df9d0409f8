-- Checkpoints that an authority outside has put a time on (RFC 3161): the state of a log existed no later than then,
-- whatever this cell's own clock says.
SET ROLE tandem_owner;
CREATE TABLE ledger.stamped (
  cell_id   uuid NOT NULL,
  agency_id uuid NOT NULL REFERENCES ledger.log,
  size      bigint NOT NULL CHECK (size > 0),
  authority text NOT NULL CHECK (length(authority) BETWEEN 1 AND 60),
  -- The cosigned checkpoint as it stood then, and the token over its text.
  note      text NOT NULL,
  token     bytea NOT NULL CHECK (octet_length(token) <= 65536),
  -- What the token says.
  at        timestamptz NOT NULL,
  PRIMARY KEY (agency_id, size, authority)
);
ALTER TABLE ledger.stamped ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.stamped FORCE ROW LEVEL SECURITY;
CREATE POLICY sequencing ON ledger.stamped TO tandem_notifier USING (true);
CREATE POLICY agency ON ledger.stamped AS RESTRICTIVE TO tandem_officer, tandem_supervisor
  USING (agency_id = (SELECT gate.agency()));
CREATE POLICY own_agency ON ledger.stamped FOR SELECT TO tandem_officer, tandem_supervisor USING (true);
CREATE POLICY inspection ON ledger.stamped FOR SELECT TO tandem_inspector
  USING ((SELECT gate.role()) = 'inspector');
GRANT SELECT ON ledger.stamped TO tandem_officer, tandem_supervisor, tandem_inspector;
GRANT SELECT, INSERT ON ledger.stamped TO tandem_notifier;
RESET ROLE;
