-- $1 run_id
SELECT number, kind, reference, outputs FROM tandem.deconfliction_hit WHERE run_id = $1 ORDER BY number
