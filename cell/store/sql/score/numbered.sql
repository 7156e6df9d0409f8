-- $1 referral_id
-- $2 number
SELECT number, weight_set, score FROM tandem.triage_score WHERE referral_id = $1 AND number = $2
