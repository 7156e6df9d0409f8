-- $1 referral_id
SELECT version, score_number FROM tandem.read_mark WHERE referral_id = $1
