-- $1 job
-- $2 attempt
-- $3 state
-- $4 reason
-- $5 retry_seconds
-- not null: parked
SELECT gate.park_job($1, $2, $3, $4, $5) AS parked
