-- $1 operation_id
-- $2 subjects
-- $3 numbers
-- $4 versions
-- $5 scores
INSERT INTO tandem.subject_score (operation_id, subject_id, number, version, score)
SELECT $1, s.subject, s.number, s.version, s.score::jsonb
  FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::text[]) AS s (subject, number, version, score)
