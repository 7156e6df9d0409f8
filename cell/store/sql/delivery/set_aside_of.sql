-- $1 delivery_id
SELECT place, code, says FROM tandem.set_aside WHERE delivery_id = $1 ORDER BY number
