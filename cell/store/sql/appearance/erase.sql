-- $1 referral_id
UPDATE tandem.appearance SET erased_at = clock_timestamp() WHERE referral_id = $1 AND erased_at IS NULL
RETURNING appearance_id, component_id
