-- Where else these observables are mentioned, at most ten places each.
-- $1 referral_id
-- $2 observables
-- not null: observable_id
SELECT wanted.observable_id, e.referral_id, e.number
  FROM unnest($2::uuid[]) AS wanted (observable_id)
  JOIN LATERAL (
    SELECT DISTINCT r.referral_id, r.number FROM tandem.mention m
      JOIN tandem.referral r ON r.agency_id = m.agency_id AND r.referral_id = m.referral_id
     WHERE m.observable_id = wanted.observable_id AND m.referral_id <> $1
     ORDER BY r.number LIMIT 10) e ON true
