-- $1 how_many
-- $2 lease_seconds
-- not null: job_id, agency_id, kind, subject_id, attempts
SELECT job_id, agency_id, kind, subject_id,
       attempts
  FROM gate.lease_jobs($1, $2)
