-- $1 operation_id
-- $2 person_id
-- $3 referral_id
-- $4 version
-- $5 score_number
INSERT INTO tandem.read_mark AS m (operation_id, person_id, referral_id, version, score_number) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (agency_id, person_id, referral_id)
  DO UPDATE SET version = excluded.version, score_number = excluded.score_number, read_at = clock_timestamp()
