-- $1 grant_id
UPDATE tandem.lookup_grant SET state = 'in force' WHERE grant_id = $1 AND side = 'asker' AND state = 'waiting'
RETURNING grant_id
