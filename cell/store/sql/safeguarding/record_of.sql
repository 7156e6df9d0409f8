-- $1 safeguarding_id
SELECT referral_id, operation_id FROM tandem.safeguarding WHERE safeguarding_id = $1
