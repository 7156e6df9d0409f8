-- Where else these observables are mentioned: of each the latest ten referrals.
-- $1 referral_id
-- $2 observables
-- not null: observable_id, referral_id, number
SELECT wanted.observable_id, m.referral_id, r.number
  FROM unnest($2::uuid[]) AS wanted (observable_id)
  JOIN LATERAL (
    SELECT x.agency_id, x.observable_id, x.referral_id FROM tandem.mention x
     WHERE x.observable_id = wanted.observable_id AND x.referral_id <> $1
     GROUP BY x.agency_id, x.observable_id, x.referral_id
     ORDER BY x.agency_id DESC, x.observable_id DESC, x.referral_id DESC LIMIT 10) m ON true
  JOIN LATERAL (
    SELECT z.number FROM tandem.referral z
     WHERE z.agency_id = m.agency_id AND z.referral_id = m.referral_id OFFSET 0) r ON true
 ORDER BY r.number
