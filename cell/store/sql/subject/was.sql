-- Other subjects under which one of these appearances was shown.
-- $1 appearances
-- $2 subject_id
SELECT DISTINCT v.subject_id, a.person, r.number
  FROM tandem.subject_version v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.subject_id
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE v.subject_id = ANY ($1::uuid[]) AND v.subject_id <> $2 ORDER BY r.number, a.person
