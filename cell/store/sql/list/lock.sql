-- One change of a list at a time; in a statement of its own, so that what is read next is read after the wait.
-- $1 list_id
SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 1))::text AS locked
