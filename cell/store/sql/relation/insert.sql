-- $1 operation_id
-- $2 from_id
-- $3 to_id
-- $4 kind
-- $5 because
INSERT INTO tandem.relation (operation_id, from_id, to_id, kind, because) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
