-- $1 operation_id
-- $2 proposal_id
-- $3 referral_id
-- $4 verb
-- $5 change
-- $6 reason_sealed
INSERT INTO tandem.proposal (operation_id, proposal_id, referral_id, verb, change, reason_sealed)
VALUES ($1, $2, $3, $4, $5::text::jsonb, $6)
