-- $1 subject_id
SELECT version, score_number, read_at FROM tandem.subject_mark WHERE subject_id = $1
