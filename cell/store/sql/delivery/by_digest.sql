-- The first delivery of these bytes that was not refused.
-- $1 sha256
SELECT delivery_id FROM tandem.delivery
 WHERE original_sha256 = $1 AND state IN ('received', 'awaiting authority', 'read')
 ORDER BY received_at LIMIT 1
