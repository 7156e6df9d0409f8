-- One at a time gives places, until its transaction ends; the number of the lock has no other meaning.
-- not null: turn
SELECT 1 AS turn FROM pg_advisory_xact_lock(73730001)
