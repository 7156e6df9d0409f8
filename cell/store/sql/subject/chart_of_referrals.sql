-- Of whom these referrals tell.
-- $1 referrals
SELECT a.referral_id, r.number, a.subject_id, a.role
  FROM tandem.appearance a
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE a.referral_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY r.number, a.subject_id
