-- The place of the newest change told so far.
-- not null: position
SELECT lpad(position::text, 20, '0') AS position
  FROM tandem.outbox WHERE position IS NOT NULL
 ORDER BY outbox.position DESC LIMIT 1
