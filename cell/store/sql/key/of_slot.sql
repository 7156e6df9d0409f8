-- $1 agency_id
-- $2 operation_id
-- $3 slot
-- not null: bytes
SELECT record_id, bytes FROM tandem.record_key
 WHERE agency_id = $1 AND operation_id = $2 AND slot = $3 AND bytes IS NOT NULL ORDER BY record_id
