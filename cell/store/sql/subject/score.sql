-- $1 subject_id
-- $2 number
SELECT number, version, score, scored_at FROM tandem.subject_score WHERE subject_id = $1 AND number = $2
