-- What these subjects are told by: values and referrals.
-- $1 subjects
-- nullable: observable_id, kind
SELECT a.subject_id, a.appearance_id, a.referral_id, a.role, r.number, v.observable_id, v.kind
  FROM tandem.appearance a
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
  LEFT JOIN (SELECT DISTINCT agency_id, appearance_id, observable_id, kind FROM tandem.appearance_value) v
    ON v.agency_id = a.agency_id AND v.appearance_id = a.appearance_id
 WHERE a.subject_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY r.number, a.appearance_id
