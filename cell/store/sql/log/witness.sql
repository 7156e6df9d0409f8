-- A witness remembers what it is about to cosign; nothing returns when its memory is already another.
-- $1 agency_id
-- $2 origin
-- $3 old_size
-- $4 size
-- $5 root
INSERT INTO ledger.witnessed AS w (cell_id, agency_id, origin, size, root)
SELECT l.cell_id, l.agency_id, $2::text, $4::bigint, $5::bytea FROM ledger.log l WHERE l.agency_id = $1
ON CONFLICT (agency_id, origin) DO UPDATE SET size = excluded.size, root = excluded.root, at = clock_timestamp()
 WHERE w.size = $3 AND excluded.size >= w.size AND (excluded.size > w.size OR excluded.root = w.root)
RETURNING w.size
