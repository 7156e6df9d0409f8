-- $1 subjects
SELECT subject_id, version, appearances, reported, score_number, priority, rank FROM tandem.subject
 WHERE subject_id = ANY ($1::uuid[])
