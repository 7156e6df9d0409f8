-- $1 operation_id
-- $2 decision_id
-- $3 referral_id
-- $4 verb
-- $5 reason_sealed?
-- $6 second_person?
-- $7 proposal_id?
-- $8 before
-- $9 after
-- $10 undoes?
-- $11 outcome?
INSERT INTO tandem.decision
  (operation_id, decision_id, referral_id, verb, reason_sealed, second_person, proposal_id, before, after, undoes, outcome)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9::text::jsonb, $10, $11)
