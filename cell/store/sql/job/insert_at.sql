-- Runs from an instant on, with the rights of whoever acts now.
-- $1 job_id
-- $2 kind
-- $3 subject_id
-- $4 run_after
INSERT INTO tandem.job (job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id, lane_id, run_after)
SELECT $1, $2, $3, a.operation_id, a.person_id, a.authority_id, a.purpose_id, a.lane_id, $4::timestamptz
  FROM gate.acting() a
