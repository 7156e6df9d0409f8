-- One for each subject, run later, with the rights of whoever acts now.
-- $1 ids
-- $2 kind
-- $3 subjects
INSERT INTO tandem.job (job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id, lane_id)
SELECT j.id, $2, j.subject, a.operation_id, a.person_id, a.authority_id, a.purpose_id, a.lane_id
  FROM gate.acting() a, unnest($1::uuid[], $3::uuid[]) AS j (id, subject)
