-- $1 operation_id
-- $2 referral_id
-- $3 state
-- $4 merged_into?
-- $5 declared_priority?
-- $6 computed_priority
-- $7 effective_priority
-- $8 child_urgency
-- $9 offender_danger
-- $10 act_by
-- $11 received_at
-- $12 hits
INSERT INTO tandem.triage_item (operation_id, referral_id, state, merged_into, declared_priority, computed_priority,
  effective_priority, child_urgency, offender_danger, act_by, received_at, hits)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
