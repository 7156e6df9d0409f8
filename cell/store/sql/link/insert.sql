-- $1 operation_id
-- $2 act_id
-- $3 kind
-- $4 one?
-- $5 other?
-- $6 observable_id?
-- $7 undoes?
-- $8 expires_at?
-- $9 ground?
-- $10 reason_sealed?
INSERT INTO tandem.link_act (operation_id, act_id, kind, one, other, observable_id, undoes, expires_at, ground, reason_sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10)
