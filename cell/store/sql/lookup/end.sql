-- A grant ends once, and its key with it.
-- $1 grant_id
-- $2 why
UPDATE tandem.lookup_grant SET state = 'ended', ended_at = clock_timestamp(), key_sealed = NULL, why = $2
 WHERE grant_id = $1 AND ended_at IS NULL
RETURNING operation_id, job_id
