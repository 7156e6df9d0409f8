-- $1 referrals
SELECT a.appearance_id, a.referral_id, a.person, a.role, a.component_id, a.subject_id
  FROM tandem.appearance a WHERE a.referral_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY a.referral_id, a.person
