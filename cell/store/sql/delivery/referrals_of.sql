-- $1 delivery_id
SELECT referral_id, number FROM tandem.referral WHERE delivery_id = $1 ORDER BY number
