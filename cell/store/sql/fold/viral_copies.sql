-- The first referrals that name one of these files and said at once that they are viral; how many of the files they
-- share and how many they name. Ids rise with time, so the first two hundred of a file are its oldest.
-- $1 referral_id
-- $2 number
-- $3 kinds
-- $4 values
-- not null: referral_id, shared
WITH named AS MATERIALIZED (
  SELECT f.agency_id, f.referral_id, count(DISTINCT f.file) AS shared
    FROM unnest($3::text[], $4::bytea[]) AS wanted (kind, value)
    JOIN LATERAL (
      SELECT x.agency_id, x.referral_id, x.file FROM tandem.fingerprint x
       WHERE x.kind = wanted.kind AND x.value = wanted.value AND x.referral_id <> $1
       ORDER BY x.agency_id, x.kind, x.value, x.referral_id LIMIT 200) f ON true
   GROUP BY 1, 2
)
SELECT n.referral_id, r.number, r.files AS named, n.shared, i.merged_into
  FROM named n
  JOIN tandem.referral r ON r.agency_id = n.agency_id AND r.referral_id = n.referral_id AND r.number < $2
  JOIN tandem.triage_item i ON i.agency_id = n.agency_id AND i.referral_id = n.referral_id
  JOIN tandem.triage_score s ON s.agency_id = n.agency_id AND s.referral_id = n.referral_id AND s.number = 1
   AND s.facts #>> '{viralOrMeme,value}' = 'yes'
 ORDER BY r.number
