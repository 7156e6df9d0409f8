-- $1 delivery_id
SELECT d.delivery_id, d.operation_id, d.lane_id, d.sender_id, s.name AS sender, d.received_at, d.state
  FROM tandem.delivery d JOIN tandem.sender s ON s.agency_id = d.agency_id AND s.sender_id = d.sender_id
 WHERE d.delivery_id = $1 FOR UPDATE OF d
