-- $1 operation_id
-- $2 run_id
-- $3 peer
-- $4 kinds
-- $5 most_asked
-- $6 most_held
-- $7 entries
-- $8 terms_sealed
-- $9 entries_sealed
-- $10 desk
-- $11 expires_at
INSERT INTO tandem.deconfliction (operation_id, run_id, side, peer, state, kinds, most_asked, most_held, entries,
                                  terms_sealed, entries_sealed, desk, expires_at)
VALUES ($1, $2, 'asker', $3, 'proposed', $4::text[], $5, $6, $7, $8, $9, $10, $11::timestamptz)
