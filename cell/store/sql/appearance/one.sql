-- $1 appearance_id
SELECT appearance_id, operation_id, referral_id, component_id, subject_id FROM tandem.appearance
 WHERE appearance_id = $1 AND erased_at IS NULL
