-- What the holder gave, checked; it is in force once its control was met. Whoever gives a second one is not believed.
-- $1 grant_id
-- $2 list_sealed
-- $3 desk
-- $4 public_key
-- $5 outputs
-- $6 size
-- $7 listed_at
UPDATE tandem.lookup_grant
   SET list_sealed = $2, desk = $3, public_key = $4, outputs = $5, size = $6, listed_at = $7::timestamptz
 WHERE grant_id = $1 AND side = 'asker' AND state = 'waiting'
   AND (public_key IS NULL OR (public_key = $4 AND outputs = $5))
RETURNING grant_id
