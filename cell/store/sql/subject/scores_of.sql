-- The rank that stands of each of these subjects.
-- $1 subjects
SELECT s.subject_id, c.score
  FROM tandem.subject s
  JOIN tandem.subject_score c ON c.agency_id = s.agency_id AND c.subject_id = s.subject_id AND c.number = s.score_number
 WHERE s.subject_id = ANY ($1::uuid[])
