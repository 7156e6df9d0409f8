-- $1 run_id
SELECT release_id, state, references_sealed, desk, made_by, made_at, decided_by, decided_at, pointers, alarms
  FROM tandem.deconfliction_release WHERE run_id = $1 ORDER BY made_at, release_id
