-- $1 operation_id
-- $2 appearances
-- $3 numbers
-- $4 relations
-- $5 hows
-- $6 observables
-- $7 kinds
-- $8 files[?]
-- $9 held_ats[?]
-- $10 writtens
INSERT INTO tandem.tie_value (operation_id, appearance_id, number, relation, how, observable_id, kind, file, held_at,
                              written_sealed)
SELECT $1, v.appearance, v.number, v.relation, v.how, v.observable, v.kind, v.file, v.held_at, v.written
  FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::integer[], $9::timestamptz[],
              $10::bytea[])
    AS v (appearance, number, relation, how, observable, kind, file, held_at, written)
