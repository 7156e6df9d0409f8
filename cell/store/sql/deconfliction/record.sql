-- $1 run_id
SELECT run_id, operation_id, side, peer, run, size, root, desk, record_sealed
  FROM tandem.deconfliction WHERE run_id = $1 AND state = 'answered'
