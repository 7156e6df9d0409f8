-- A report and its supplement that are read at the same time must see each other: one after the other, by reference.
-- $1 references
SELECT pg_advisory_xact_lock(hashtextextended(name, 2))::text AS locked
  FROM (SELECT name FROM unnest($1::text[]) AS wanted (name) ORDER BY name) AS in_order
