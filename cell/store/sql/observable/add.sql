-- Sorted by the caller, so that two deliveries with the same values cannot block each other for ever.
-- $1 ids
-- $2 kinds
-- $3 tokens
-- $4 normals
INSERT INTO tandem.observable (observable_id, kind, token, normal_sealed)
SELECT id, kind, token, normal FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[]) AS o (id, kind, token, normal)
ON CONFLICT (agency_id, kind, token) DO NOTHING
RETURNING observable_id, kind, token
