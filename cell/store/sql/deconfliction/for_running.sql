-- $1 run_id
SELECT run_id, operation_id, side, peer, state, entries_sealed, terms_sealed, kinds, most_asked, most_held, made_by, made_at,
       decided_by, decided_at, expires_at, desk, record_sealed
  FROM tandem.deconfliction WHERE run_id = $1
