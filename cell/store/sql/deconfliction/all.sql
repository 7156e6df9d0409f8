-- The latest runs of the operation, from both sides.
-- $1 limit
SELECT run_id, operation_id, side, peer, state, kinds, most_asked, most_held, entries, terms_sealed, made_by, made_at,
       expires_at, decided_by, decided_at, outcome, ended_at
  FROM tandem.deconfliction ORDER BY made_at DESC, run_id LIMIT $1
