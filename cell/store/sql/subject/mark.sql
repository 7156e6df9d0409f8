-- $1 operation_id
-- $2 subject_id
-- $3 version
-- $4 score_number
INSERT INTO tandem.subject_mark AS m (operation_id, subject_id, version, score_number) VALUES ($1, $2, $3, $4)
ON CONFLICT (agency_id, person_id, subject_id)
  DO UPDATE SET version = excluded.version, score_number = excluded.score_number, read_at = clock_timestamp()
