-- $1 operation_id
-- $2 delivery_id
-- $3 numbers
-- $4 places
-- $5 codes
-- $6 says
INSERT INTO tandem.set_aside (operation_id, delivery_id, number, place, code, says)
SELECT $1, $2, number, place, code, says
  FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) AS s (number, place, code, says)
