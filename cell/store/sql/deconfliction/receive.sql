-- A request of another agency; no row where the same one was received before.
-- $1 operation_id
-- $2 run_id
-- $3 peer
-- $4 kinds
-- $5 most_asked
-- $6 most_held
-- $7 terms_sealed
-- $8 request_sealed
-- $9 digest
-- $10 expires_at
INSERT INTO tandem.deconfliction (operation_id, run_id, side, peer, state, kinds, most_asked, most_held, terms_sealed,
                                  request_sealed, digest, expires_at)
VALUES ($1, $2, 'holder', $3, 'received', $4::text[], $5, $6, $7, $8, $9, $10::timestamptz)
ON CONFLICT (agency_id, digest) DO NOTHING
RETURNING run_id
