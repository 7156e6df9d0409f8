-- Earlier referrals of this sender with this reference.
-- $1 sender_id
-- $2 reference
-- $3 referral_id
SELECT referral_id, number FROM tandem.referral
 WHERE sender_id = $1 AND reference = $2 AND referral_id <> $3 ORDER BY number LIMIT 50
