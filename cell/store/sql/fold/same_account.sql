-- Earlier referrals that mention a reported person's own account, mail or phone by the same normal form: of each the
-- latest two hundred.
-- $1 referrals
-- $2 numbers
-- $3 observables
-- not null: referral_id, shared
SELECT wanted.referral_id, m.referral_id AS other_id, r.number, count(DISTINCT m.observable_id) AS shared
  FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS wanted (referral_id, number, observable_id)
  JOIN LATERAL (
    SELECT x.agency_id, x.referral_id, x.observable_id FROM tandem.mention x
     WHERE x.observable_id = wanted.observable_id AND x.person_role = 'reported' AND x.referral_id <> wanted.referral_id
     ORDER BY x.agency_id DESC, x.observable_id DESC, x.referral_id DESC LIMIT 200) m ON true
  JOIN tandem.referral r ON r.agency_id = m.agency_id AND r.referral_id = m.referral_id AND r.number < wanted.number
 GROUP BY 1, 2, 3 ORDER BY r.number
