-- One at a time for the same bytes, so that the same file delivered twice at once has one effect.
-- $1 sha256
SELECT pg_advisory_xact_lock(hashtextextended((gate.acting()).agency_id::text || encode($1, 'hex'), 0))::text AS locked
