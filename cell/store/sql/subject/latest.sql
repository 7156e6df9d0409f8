-- The latest version of each of these subjects.
-- $1 subjects
-- not null: subject_id, version, appearances, held_by
SELECT s.subject_id, v.version, v.appearances, v.held_by
  FROM unnest($1::uuid[]) AS s (subject_id)
  JOIN LATERAL (SELECT x.version, x.appearances, x.held_by FROM tandem.subject_version x
                 WHERE x.subject_id = s.subject_id ORDER BY x.version DESC LIMIT 1) v ON true
