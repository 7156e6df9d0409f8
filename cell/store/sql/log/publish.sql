-- $1 agency_id
-- $2 size
-- $3 root
-- $4 note
-- $5 signed_at
UPDATE ledger.log SET size = $2, root = $3, note = $4, signed_at = $5 WHERE agency_id = $1 AND size <= $2
