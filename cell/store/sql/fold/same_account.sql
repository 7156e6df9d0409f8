-- Earlier referrals that mention a reported person's own account, mail or phone by the same normal form: of each the
-- latest two hundred. LATERAL with OFFSET 0 holds the order of the steps, whatever the statistics say.
-- $1 referrals
-- $2 numbers
-- $3 observables
-- not null: referral_id, other_id, number, shared
SELECT m.wanted_id AS referral_id, m.referral_id AS other_id, r.number, m.shared
  FROM (
    SELECT wanted.referral_id AS wanted_id, wanted.number AS wanted_number, x.agency_id, x.referral_id,
           count(DISTINCT x.observable_id) AS shared
      FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS wanted (referral_id, number, observable_id)
      JOIN LATERAL (
        SELECT y.agency_id, y.referral_id, y.observable_id FROM tandem.mention y
         WHERE y.observable_id = wanted.observable_id AND y.person_role = 'reported'
           AND y.referral_id <> wanted.referral_id
         ORDER BY y.agency_id DESC, y.observable_id DESC, y.referral_id DESC LIMIT 200) x ON true
     GROUP BY 1, 2, 3, 4) m
  JOIN LATERAL (
    SELECT z.number FROM tandem.referral z
     WHERE z.agency_id = m.agency_id AND z.referral_id = m.referral_id OFFSET 0) r ON r.number < m.wanted_number
 ORDER BY r.number
