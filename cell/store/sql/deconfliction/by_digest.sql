-- A request that was received, by its digest and who sent it.
-- $1 peer
-- $2 digest
SELECT run_id, operation_id, state, request_sealed, job_id
  FROM tandem.deconfliction WHERE digest = $2 AND peer = $1 AND side = 'holder'
