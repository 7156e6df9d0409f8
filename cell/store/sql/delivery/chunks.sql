-- $1 delivery_id
SELECT number, bytes_sealed FROM tandem.payload_chunk WHERE delivery_id = $1 ORDER BY number
