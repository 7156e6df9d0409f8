-- $1 safeguarding_id
-- $2 outcome_sealed
-- not null: closed_at
UPDATE tandem.safeguarding SET closed_at = clock_timestamp(), closed_by = (gate.acting()).person_id, outcome_sealed = $2
 WHERE safeguarding_id = $1 AND closed_at IS NULL
RETURNING referral_id, operation_id, closed_at
