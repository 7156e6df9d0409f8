-- Gives committed changes that have none their place, after all places given before.
WITH untold AS (
  SELECT number, row_number() OVER (ORDER BY number) AS step FROM tandem.outbox WHERE position IS NULL
   ORDER BY number LIMIT 10000
)
UPDATE tandem.outbox o
   SET position = (SELECT coalesce(max(told.position), 0) FROM tandem.outbox told) + untold.step
  FROM untold WHERE untold.number = o.number
