-- Sorted by the caller, so that two deliveries with the same values cannot block each other for ever.
-- $1 ids
-- $2 kinds
-- $3 tokens
INSERT INTO tandem.observable (observable_id, kind, token)
SELECT id, kind, token FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS o (id, kind, token)
ON CONFLICT (agency_id, kind, token) DO NOTHING
RETURNING observable_id, kind, token
