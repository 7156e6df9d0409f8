-- $1 name
-- $2 profile
INSERT INTO tandem.list_profile (name, version, profile)
SELECT $1, coalesce(max(p.version), 0) + 1, $2::jsonb FROM tandem.list_profile p WHERE p.name = $1
RETURNING version
