-- $1 operation_id
-- $2 from_ids
-- $3 to_ids
-- $4 kinds
-- $5 because
INSERT INTO tandem.relation (operation_id, from_id, to_id, kind, because)
SELECT $1, r.from_id, r.to_id, r.kind, r.because
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS r (from_id, to_id, kind, because)
ON CONFLICT DO NOTHING
