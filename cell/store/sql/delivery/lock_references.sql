-- A report and its supplement that are read at the same time must see each other: one after the other, by reference.
-- And whoever matches a new list waits for readings that may not have seen it (matcher/barrier.sql).
-- $1 references
-- not null: reading, references
SELECT pg_advisory_xact_lock_shared(hashtextextended((gate.acting()).agency_id::text, 3))::text AS reading,
       (SELECT count(pg_advisory_xact_lock(hashtextextended(name, 2))::text)
          FROM (SELECT name FROM unnest($1::text[]) AS wanted (name) ORDER BY name) AS in_order) AS references
