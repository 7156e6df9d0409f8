-- A run ends once; no row where it has ended already.
-- $1 run_id
-- $2 state
-- $3 outcome
-- $4 record_sealed?
UPDATE tandem.deconfliction SET state = $2, outcome = $3::text::jsonb, record_sealed = $4, ended_at = clock_timestamp()
 WHERE run_id = $1 AND ended_at IS NULL AND state <> 'refused'
RETURNING operation_id, job_id
