-- $1 operation_id
-- $2 lookup_id
-- $3 grant_id
-- $4 number
-- $5 kind
-- $6 asked_sealed
-- $7 in_record
-- $8 elements
INSERT INTO tandem.lookup (operation_id, lookup_id, grant_id, number, kind, asked_sealed, in_record, elements)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
