-- $1 agency_id
-- $2 origin
SELECT size, root, at FROM ledger.witnessed WHERE agency_id = $1 AND origin = $2
