-- Supplements that came before the report they add to.
-- $1 sender_id
-- $2 reference
-- $3 referral_id
SELECT referral_id, number FROM tandem.referral
 WHERE sender_id = $1 AND supplement_reference = $2 AND referral_id <> $3 ORDER BY number LIMIT 50
