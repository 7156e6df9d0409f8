-- $1 list_id
SELECT version_id, version, state FROM tandem.list_version WHERE list_id = $1
