-- Other referrals with one of these files, with how many of them they share and how many they name.
-- $1 referral_id
-- $2 kinds
-- $3 values
-- not null: shared, named
SELECT f.referral_id, r.number, r.files AS named, count(DISTINCT f.file) AS shared, r.incident_at, r.received_at,
       i.state, i.merged_into
  FROM tandem.fingerprint f
  JOIN unnest($2::text[], $3::bytea[]) AS wanted (kind, value) ON f.kind = wanted.kind AND f.value = wanted.value
  JOIN tandem.referral r ON r.agency_id = f.agency_id AND r.referral_id = f.referral_id
  JOIN tandem.triage_item i ON i.agency_id = f.agency_id AND i.referral_id = f.referral_id
 WHERE f.referral_id <> $1
 GROUP BY 1, 2, 3, 5, 6, 7, 8 ORDER BY r.number LIMIT 500
