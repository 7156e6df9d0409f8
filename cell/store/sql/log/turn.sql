-- One sequencer at a time places the entries of an agency, and one request at a time asks a witness about a log; until the
-- transaction ends.
-- $1 what
SELECT pg_advisory_xact_lock(hashtextextended('tandem log ' || $1::text, 7373))::text AS turn
