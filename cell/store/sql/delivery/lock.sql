-- One at a time for the same key and for the same bytes, so that a file delivered twice at once has one effect and
-- the same key with two bodies is told as such. The key first, everywhere, so that nobody waits in a circle.
-- $1 key
-- $2 sha256
SELECT pg_advisory_xact_lock(hashtextextended((gate.acting()).agency_id::text || $1, 1))::text AS by_key,
       pg_advisory_xact_lock(hashtextextended((gate.acting()).agency_id::text || encode($2, 'hex'), 0))::text AS by_bytes
