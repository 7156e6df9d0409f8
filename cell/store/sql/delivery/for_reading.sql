-- $1 delivery_id
SELECT delivery_id, operation_id, lane_id, sender_id, received_at, state
  FROM tandem.delivery WHERE delivery_id = $1 FOR UPDATE
