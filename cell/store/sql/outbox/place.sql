-- Gives every committed change that has none its place, after all places given before.
WITH untold AS (
  SELECT number, row_number() OVER (ORDER BY number) AS step FROM tandem.outbox WHERE position IS NULL
)
UPDATE tandem.outbox o
   SET position = (SELECT coalesce(max(told.position), 0) FROM tandem.outbox told) + untold.step
  FROM untold WHERE untold.number = o.number
