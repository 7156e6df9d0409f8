-- $1 list_id
UPDATE tandem.list_version
   SET state = 'replaced', ended_at = clock_timestamp(), ended_by = (gate.acting()).person_id, end_reason = 'replaced by a newer version'
 WHERE list_id = $1 AND state = 'current'
RETURNING version_id
