-- $1 run_id
-- $2 digest
UPDATE tandem.deconfliction SET digest = $2 WHERE run_id = $1
