-- $1 agency_id
-- $2 size
-- $3 authority
-- $4 note
-- $5 token
-- $6 at
INSERT INTO ledger.stamped (cell_id, agency_id, size, authority, note, token, at)
SELECT cell_id, agency_id, $2, $3, $4, $5, $6 FROM ledger.log WHERE agency_id = $1
ON CONFLICT DO NOTHING
