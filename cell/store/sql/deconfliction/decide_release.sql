-- $1 release_id
-- $2 state
-- $3 decision_sealed
UPDATE tandem.deconfliction_release
   SET state = $2, decided_by = (gate.acting()).person_id, decided_at = clock_timestamp(), decision_sealed = $3
 WHERE release_id = $1 AND state = 'proposed'
RETURNING decided_at
