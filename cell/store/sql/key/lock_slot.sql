-- $1 agency_id
-- $2 operation_id
-- $3 slot
SELECT version FROM tandem.key_slot WHERE agency_id = $1 AND operation_id = $2 AND slot = $3 FOR UPDATE
