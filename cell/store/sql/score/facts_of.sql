-- The latest facts of each of these referrals, and where it stands.
-- $1 referrals
-- not null: referral_id, state, facts, scored_at
SELECT w.referral_id, i.state, t.facts, t.scored_at
  FROM unnest($1::uuid[]) AS w (referral_id)
  JOIN tandem.triage_item i ON i.referral_id = w.referral_id
  JOIN LATERAL (SELECT x.facts, x.scored_at FROM tandem.triage_score x
                 WHERE x.agency_id = i.agency_id AND x.referral_id = w.referral_id ORDER BY x.number DESC LIMIT 1) t ON true
