-- The own list is fixed, and the run has its name on both sides.
-- $1 run_id
-- $2 run
-- $3 size
-- $4 root
UPDATE tandem.deconfliction SET state = 'running', run = $2, size = $3, root = $4
 WHERE run_id = $1 AND ended_at IS NULL
