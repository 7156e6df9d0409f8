-- $1 operation_id
-- $2 decision_id
-- $3 referral_id
-- $4 verb
-- $5 reason_sealed?
-- $6 second_person?
-- $7 before
-- $8 after
-- $9 undoes?
INSERT INTO tandem.decision (operation_id, decision_id, referral_id, verb, reason_sealed, second_person, before, after, undoes)
VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::text::jsonb, $9)
