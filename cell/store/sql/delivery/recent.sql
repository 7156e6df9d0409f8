-- $1 limit
-- not null: stripped
SELECT d.delivery_id, d.name_sealed, s.name AS sender, l.name AS lane, d.received_at, d.state, d.format,
       d.original_sha256, d.original_length, d.stripped, d.records, d.accepted, d.remarked, d.set_aside, d.reason_code,
       d.reason
  FROM tandem.delivery d
  JOIN tandem.sender s USING (agency_id, sender_id)
  JOIN tandem.lane l USING (agency_id, lane_id)
 ORDER BY d.received_at DESC, d.delivery_id LIMIT $1
