-- $1 purpose_id
-- $2 operation_id
-- $3 code
-- $4 task
INSERT INTO tandem.purpose (cell_id, agency_id, purpose_id, operation_id, code, task, created_by)
VALUES (gate.cell(), gate.agency(), $1, $2, $3, $4, gate.person())
