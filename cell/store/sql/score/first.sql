-- The first scores of fresh referrals.
-- $1 operation_id
-- $2 weight_set
-- $3 referrals
-- $4 because
-- $5 scores
-- $6 facts
INSERT INTO tandem.triage_score (operation_id, referral_id, number, weight_set, because, score, facts)
SELECT $1, s.referral, 1, $2, s.because, s.score::jsonb, s.facts::jsonb
  FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) AS s (referral, because, score, facts)
