-- Which of these referrals share a file with this one, with how many they share and when it happened.
-- $1 referrals
-- $2 kinds
-- $3 values
-- not null: shared
SELECT f.referral_id, r.number, count(DISTINCT f.file) AS shared, r.incident_at
  FROM tandem.fingerprint f
  JOIN unnest($2::text[], $3::bytea[]) AS wanted (kind, value) ON f.kind = wanted.kind AND f.value = wanted.value
  JOIN tandem.referral r ON r.agency_id = f.agency_id AND r.referral_id = f.referral_id
 WHERE f.referral_id = ANY ($1::uuid[])
 GROUP BY 1, 2, 4 ORDER BY r.number
