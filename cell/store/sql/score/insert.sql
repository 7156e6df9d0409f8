-- $1 operation_id
-- $2 referral_id
-- $3 weight_set
-- $4 because
-- $5 score
-- $6 facts
INSERT INTO tandem.triage_score (operation_id, referral_id, number, weight_set, because, score, facts)
SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5::text::jsonb, $6::text::jsonb
  FROM tandem.triage_score WHERE referral_id = $2
