-- For each pair of a referral and an earlier one: how many of its files the earlier one shares, and when that happened.
-- $1 referrals
-- $2 others
-- $3 file_referrals
-- $4 kinds
-- $5 values
-- not null: referral_id, other_id, number, shared
SELECT pair.referral_id, pair.other_id, r.number, f.shared, r.incident_at
  FROM unnest($1::uuid[], $2::uuid[]) AS pair (referral_id, other_id)
  JOIN LATERAL (
    SELECT x.agency_id, count(DISTINCT x.file) AS shared FROM tandem.fingerprint x
     WHERE x.referral_id = pair.other_id
       AND (x.kind, x.value) IN (
         SELECT w.kind, w.value FROM unnest($3::uuid[], $4::text[], $5::bytea[]) AS w (referral_id, kind, value)
          WHERE w.referral_id = pair.referral_id)
     GROUP BY 1) f ON true
  JOIN LATERAL (
    SELECT z.number, z.incident_at FROM tandem.referral z
     WHERE z.agency_id = f.agency_id AND z.referral_id = pair.other_id OFFSET 0) r ON true
 ORDER BY r.number
