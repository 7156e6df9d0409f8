-- $1 operation_id
-- $2 proposal_id
-- $3 weight_set
-- $4 based_on
-- $5 origin
-- $6 weights
-- $7 sha256
-- $8 changes
-- $9 why_sealed
-- $10 choices
-- $11 agreed_before
-- $12 agreed_after
-- $13 replay
INSERT INTO tandem.weight_proposal
  (operation_id, proposal_id, weight_set, based_on, origin, weights, sha256, changes, why_sealed, choices, agreed_before,
   agreed_after, replay)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $10, $11, $12, $13::text::jsonb)
