-- For each of these viral referrals the first ones that name one of its files and said at once that they are viral; how
-- many of the files they share and how many they name. Ids rise with time, so the first forty of a file are its oldest.
-- $1 referrals
-- $2 numbers
-- $3 kinds
-- $4 values
-- not null: referral_id, other_id, number, named, shared
-- nullable: merged_into
SELECT n.wanted_id AS referral_id, n.referral_id AS other_id, r.number, r.files AS named, n.shared, i.merged_into
  FROM (
    SELECT wanted.referral_id AS wanted_id, wanted.number AS wanted_number, f.agency_id, f.referral_id,
           count(DISTINCT f.file) AS shared
      FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bytea[]) AS wanted (referral_id, number, kind, value)
      JOIN LATERAL (
        SELECT x.agency_id, x.referral_id, x.file FROM tandem.fingerprint x
         WHERE x.kind = wanted.kind AND x.value = wanted.value AND x.referral_id <> wanted.referral_id
         ORDER BY x.agency_id, x.kind, x.value, x.referral_id LIMIT 40) f ON true
     GROUP BY 1, 2, 3, 4) n
  JOIN LATERAL (
    SELECT z.number, z.files FROM tandem.referral z
     WHERE z.agency_id = n.agency_id AND z.referral_id = n.referral_id OFFSET 0) r ON r.number < n.wanted_number
  JOIN LATERAL (
    SELECT z.merged_into FROM tandem.triage_item z
     WHERE z.agency_id = n.agency_id AND z.referral_id = n.referral_id OFFSET 0) i ON true
  JOIN LATERAL (
    SELECT z.facts #>> '{viralOrMeme,value}' AS viral FROM tandem.triage_score z
     WHERE z.agency_id = n.agency_id AND z.referral_id = n.referral_id AND z.number = 1 OFFSET 0) s ON s.viral = 'yes'
 ORDER BY r.number
