-- One at a time gives places, until its transaction ends; who does not get the turn reads what has a place already.
-- The number of the lock has no other meaning.
-- not null: mine
SELECT pg_try_advisory_xact_lock(73730001) AS mine
