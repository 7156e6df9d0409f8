-- $1 run_id
SELECT run_id, operation_id, side, peer, state, kinds, most_asked, most_held, entries, terms_sealed, entries_sealed, made_by,
       made_at, expires_at, decided_by, decided_at, decision_sealed, job_id, desk, run, size, root, outcome, ended_at
  FROM tandem.deconfliction WHERE run_id = $1
