-- $1 referral_id
SELECT number, weight_set, because, score, scored_at FROM tandem.triage_score
 WHERE referral_id = $1 ORDER BY number DESC LIMIT 1
