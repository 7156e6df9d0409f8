-- $1 delivery_id
UPDATE tandem.delivery SET state = 'awaiting authority' WHERE delivery_id = $1 AND state = 'received'
