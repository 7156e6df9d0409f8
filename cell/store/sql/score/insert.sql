-- The next score of each of these referrals.
-- $1 weight_set
-- $2 operations
-- $3 referrals
-- $4 because
-- $5 scores
-- $6 facts
INSERT INTO tandem.triage_score (operation_id, referral_id, number, weight_set, because, score, facts)
SELECT s.operation, s.referral, coalesce(before.number, 0) + 1, $1, s.because, s.score::jsonb, s.facts::jsonb
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
    AS s (operation, referral, because, score, facts)
  LEFT JOIN LATERAL (
    SELECT t.number FROM tandem.triage_score t WHERE t.referral_id = s.referral ORDER BY t.number DESC LIMIT 1) before ON true
