-- $1 cell_id
-- $2 agency_id
-- $3 name
-- $4 origin
INSERT INTO ledger.log (cell_id, agency_id, name, origin) VALUES ($1, $2, $3, $4) ON CONFLICT (agency_id) DO NOTHING
