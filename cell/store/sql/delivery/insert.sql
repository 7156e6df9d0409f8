-- $1 delivery_id
-- $2 operation_id
-- $3 lane_id
-- $4 sender_id
-- $5 idempotency_key
-- $6 name_sealed
-- $7 sha256
-- $8 length
-- $9 stripped
-- $10 state
-- $11 repeat_of?
-- $12 reason_code?
-- $13 reason?
-- $14 container?
INSERT INTO tandem.delivery (delivery_id, operation_id, lane_id, sender_id, idempotency_key, name_sealed, original_sha256,
                             original_length, stripped, state, repeat_of, reason_code, reason, container)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12, $13, $14)
RETURNING received_at
