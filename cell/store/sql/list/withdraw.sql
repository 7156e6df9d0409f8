-- $1 list_id
-- $2 reason
UPDATE tandem.list_version
   SET state = 'withdrawn', ended_at = clock_timestamp(), ended_by = (gate.acting()).person_id, end_reason = $2
 WHERE list_id = $1 AND state <> 'withdrawn'
RETURNING version_id
