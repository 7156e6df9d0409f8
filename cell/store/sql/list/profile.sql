-- $1 name
SELECT version, profile FROM tandem.list_profile WHERE name = $1 ORDER BY version DESC LIMIT 1
