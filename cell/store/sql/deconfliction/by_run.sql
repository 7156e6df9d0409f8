-- An answered run of the holder, by the name that both sides know it under.
-- $1 peer
-- $2 run
SELECT run_id, operation_id, desk, record_sealed
  FROM tandem.deconfliction WHERE run = $2 AND peer = $1 AND side = 'holder' AND state = 'answered'
