-- Other referrals that mention the reported person's own account or address by the same normal form: of each the
-- latest two hundred.
-- $1 referral_id
-- $2 observables
-- not null: shared
SELECT m.referral_id, r.number, count(DISTINCT m.observable_id) AS shared
  FROM unnest($2::uuid[]) AS wanted (observable_id)
  JOIN LATERAL (
    SELECT x.agency_id, x.referral_id, x.observable_id FROM tandem.mention x
     WHERE x.observable_id = wanted.observable_id AND x.person_role = 'reported' AND x.referral_id <> $1
     ORDER BY x.agency_id DESC, x.observable_id DESC, x.referral_id DESC LIMIT 200) m ON true
  JOIN tandem.referral r ON r.agency_id = m.agency_id AND r.referral_id = m.referral_id
 GROUP BY 1, 2 ORDER BY r.number LIMIT 200
