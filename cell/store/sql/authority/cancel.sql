-- $1 authority_id
-- $2 reason
-- not null: cancelled_at
UPDATE tandem.authority SET cancelled_at = clock_timestamp(), cancelled_by = gate.person(), cancel_reason = $2
 WHERE authority_id = $1 AND cancelled_at IS NULL
RETURNING operation_id, cancelled_at
