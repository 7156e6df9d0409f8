-- $1 name
SELECT sender_id FROM tandem.sender WHERE name = $1 AND active
