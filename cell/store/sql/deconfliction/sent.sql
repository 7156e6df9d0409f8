-- What was asked is kept, sealed, while the people of the other side decide.
-- $1 run_id
-- $2 digest
-- $3 record_sealed
UPDATE tandem.deconfliction SET digest = $2, record_sealed = $3 WHERE run_id = $1 AND ended_at IS NULL
