-- $1 number
SELECT referral_id FROM tandem.referral WHERE number = $1
