-- $1 job_id
UPDATE tandem.job SET state = 'done', lease_until = NULL, reason = NULL WHERE job_id = $1 AND state = 'leased'
RETURNING job_id
