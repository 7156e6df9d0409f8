-- The shared lock tells whoever matches a new list that a reading is under way (matcher/barrier.sql).
-- $1 delivery_id
-- not null: reading
SELECT d.delivery_id, d.operation_id, d.lane_id, d.sender_id, s.name AS sender, d.received_at, d.state, d.container,
       pg_advisory_xact_lock_shared(hashtextextended(d.agency_id::text, 3))::text AS reading
  FROM tandem.delivery d JOIN tandem.sender s ON s.agency_id = d.agency_id AND s.sender_id = d.sender_id
 WHERE d.delivery_id = $1 FOR UPDATE OF d
