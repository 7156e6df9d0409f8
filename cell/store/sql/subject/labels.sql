-- $1 subjects
SELECT a.appearance_id AS subject_id, r.number, a.person
  FROM tandem.appearance a
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE a.appearance_id = ANY ($1::uuid[]) ORDER BY r.number, a.person
