-- $1 list_id
-- $2 name
-- $3 publisher
INSERT INTO tandem.list (list_id, name, publisher) VALUES ($1, $2, $3) ON CONFLICT (agency_id, name) DO NOTHING
