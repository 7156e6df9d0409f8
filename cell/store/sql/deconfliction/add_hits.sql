-- $1 operation_id
-- $2 run_id
-- $3 numbers
-- $4 kinds
-- $5 references
-- $6 outputs
INSERT INTO tandem.deconfliction_hit (operation_id, run_id, number, kind, reference, outputs)
SELECT $1, $2, h.number, h.kind, h.reference, h.outputs::jsonb
  FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[]) AS h (number, kind, reference, outputs)
