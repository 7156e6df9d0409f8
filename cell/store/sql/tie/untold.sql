-- People of these referrals who were linked before it was asked what the referrals say of ties.
-- $1 referrals
SELECT appearance_id, referral_id, operation_id, person, role FROM tandem.appearance
 WHERE referral_id = ANY ($1::uuid[]) AND NOT ties_told AND erased_at IS NULL
 ORDER BY appearance_id
