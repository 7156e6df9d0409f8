-- $1 operation_id
-- $2 from_id
-- $3 to_ids
-- $4 kinds
-- $5 because
INSERT INTO tandem.relation (operation_id, from_id, to_id, kind, because)
SELECT $1, $2, r.to_id, r.kind, r.because FROM unnest($3::uuid[], $4::text[], $5::text[]) AS r (to_id, kind, because)
ON CONFLICT DO NOTHING
