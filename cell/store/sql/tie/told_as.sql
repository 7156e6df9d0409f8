-- In which roles reports tell of these subjects, and how often.
-- $1 subjects
-- not null: subject_id, role, times
SELECT a.subject_id, a.role, count(*)::integer AS times
  FROM tandem.appearance a
 WHERE a.subject_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 GROUP BY a.subject_id, a.role
 ORDER BY a.subject_id, times DESC, a.role
