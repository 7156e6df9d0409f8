-- $1 safeguarding_id
-- not null: acknowledged_at
UPDATE tandem.safeguarding SET acknowledged_at = clock_timestamp(), acknowledged_by = (gate.acting()).person_id
 WHERE safeguarding_id = $1 AND acknowledged_at IS NULL AND closed_at IS NULL
RETURNING referral_id, operation_id, acknowledged_at
