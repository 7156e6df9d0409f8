-- $1 run_id
SELECT run_id, operation_id, side, peer, state, kinds, most_asked, most_held, terms_sealed, digest, made_by, made_at,
       expires_at, expires_at <= clock_timestamp() AS expired, job_id, desk
  FROM tandem.deconfliction WHERE run_id = $1 FOR UPDATE
