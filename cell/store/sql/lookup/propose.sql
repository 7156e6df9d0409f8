-- $1 operation_id
-- $2 grant_id
-- $3 peer
-- $4 kinds
-- $5 lookups
-- $6 terms_sealed
-- $7 expires_at
INSERT INTO tandem.lookup_grant (operation_id, grant_id, side, peer, state, kinds, lookups, terms_sealed, expires_at)
VALUES ($1, $2, 'asker', $3, 'proposed', $4::text[], $5, $6, $7::timestamptz)
