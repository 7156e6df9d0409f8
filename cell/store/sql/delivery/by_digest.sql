-- The first delivery of these bytes by this sender that was read or will be. Another sender's report of the same is
-- its own report, and nobody learns from a receipt what others deliver.
-- $1 sha256
-- $2 sender_id
SELECT delivery_id FROM tandem.delivery
 WHERE original_sha256 = $1 AND sender_id = $2 AND reason_code IS DISTINCT FROM 'reading-failed' AND state IN ('received', 'awaiting authority', 'read')
 ORDER BY received_at LIMIT 1
