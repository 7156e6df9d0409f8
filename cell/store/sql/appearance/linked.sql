-- Which of these referrals were linked already.
-- $1 referrals
SELECT DISTINCT referral_id FROM tandem.appearance WHERE referral_id = ANY ($1::uuid[])
