-- not null: stripped
-- $1 lane_id
-- $2 sender_id
-- $3 idempotency_key
SELECT delivery_id, original_sha256, original_length, received_at, state, repeat_of, reason_code, reason,
       jsonb_array_length(stripped) AS stripped
  FROM tandem.delivery WHERE lane_id = $1 AND sender_id = $2 AND idempotency_key = $3
