-- Other referrals that mention the reported person's own account or address by the same normal form.
-- $1 referral_id
-- $2 observables
-- not null: shared
SELECT m.referral_id, r.number, count(DISTINCT m.observable_id) AS shared, r.incident_at, r.received_at
  FROM tandem.mention m
  JOIN tandem.referral r ON r.agency_id = m.agency_id AND r.referral_id = m.referral_id
 WHERE m.observable_id = ANY ($2::uuid[]) AND m.person_role = 'reported' AND m.referral_id <> $1
 GROUP BY 1, 2, 4, 5 ORDER BY r.number LIMIT 200
