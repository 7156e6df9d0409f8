-- $1 operation_id
-- $2 appearances
-- $3 numbers
-- $4 observables
-- $5 kinds
-- $6 used_ats[?]
-- $7 ports[?]
INSERT INTO tandem.appearance_value (operation_id, appearance_id, number, observable_id, kind, used_at, port)
SELECT $1, v.appearance, v.number, v.observable, v.kind, v.used_at, v.port
  FROM unnest($2::uuid[], $3::integer[], $4::uuid[], $5::text[], $6::timestamptz[], $7::integer[])
    AS v (appearance, number, observable, kind, used_at, port)
