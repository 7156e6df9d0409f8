-- Waits until every reading that began before now has ended: later ones see the list that is in force now.
-- not null: waited, over
SELECT pg_advisory_lock(hashtextextended((gate.acting()).agency_id::text, 3))::text AS waited,
       pg_advisory_unlock(hashtextextended((gate.acting()).agency_id::text, 3)) AS over
