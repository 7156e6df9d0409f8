-- $1 operation_id
-- $2 delivery_id
-- $3 numbers
-- $4 chunks
INSERT INTO tandem.payload_chunk (operation_id, delivery_id, number, bytes_sealed)
SELECT $1, $2, number, bytes FROM unnest($3::integer[], $4::bytea[]) AS c (number, bytes)
