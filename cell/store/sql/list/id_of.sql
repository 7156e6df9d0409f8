-- $1 name
SELECT list_id FROM tandem.list WHERE name = $1
