-- $1 operation_id
-- $2 decision_id
-- $3 kind
-- $4 ids
-- $5 ones[?]
-- $6 others[?]
-- $7 observables[?]
-- $8 undoes[?]
-- $9 expires_at?
-- $10 ground?
-- $11 reasons[?]
INSERT INTO tandem.link_act (operation_id, decision_id, kind, act_id, one, other, observable_id, undoes, expires_at, ground,
                             reason_sealed)
SELECT $1, $2, $3, a.id, a.one, a.other, a.observable, a.undoes, $9, $10::jsonb, a.reason
  FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $11::bytea[])
    AS a (id, one, other, observable, undoes, reason)
