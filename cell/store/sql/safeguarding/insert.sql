-- $1 operation_id
-- $2 safeguarding_id
-- $3 referral_id
-- $4 need_sealed
-- $5 due_seconds
INSERT INTO tandem.safeguarding (operation_id, safeguarding_id, referral_id, need_sealed, due_at)
VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
RETURNING due_at
