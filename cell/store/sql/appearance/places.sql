-- $1 appearances
SELECT appearance_id, referral_id, component_id FROM tandem.appearance
 WHERE appearance_id = ANY ($1::uuid[]) AND erased_at IS NULL
