-- Perceptual hashes of referrals held, page by page.
-- $1 after_referral
-- $2 after_file
-- $3 after_value
-- $4 limit
SELECT operation_id, referral_id, file, kind, value, place FROM tandem.fingerprint
 WHERE kind = 'pdq' AND (referral_id, file, value) > ($1::uuid, $2::integer, $3::bytea)
 ORDER BY referral_id, file, value LIMIT $4
