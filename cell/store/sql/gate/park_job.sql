-- $1 job
-- $2 state
-- $3 reason
-- $4 retry_seconds
SELECT gate.park_job($1, $2, $3, $4)::text AS parked
