-- $1 referral_id
SELECT number, facts, score FROM tandem.triage_score WHERE referral_id = $1 ORDER BY number DESC LIMIT 1
