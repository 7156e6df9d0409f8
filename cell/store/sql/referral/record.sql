-- $1 referral_id
SELECT referral_id, operation_id, number, record_sealed FROM tandem.referral WHERE referral_id = $1
