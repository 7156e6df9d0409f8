-- The rights of whoever acts now, leased at once and until a time: whoever works under them ends them; where nobody did,
-- a worker takes the job up then.
-- $1 job_id
-- $2 kind
-- $3 subject_id
-- $4 until
INSERT INTO tandem.job (job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id, lane_id, state, lease_until)
SELECT $1, $2, $3, a.operation_id, a.person_id, a.authority_id, a.purpose_id, a.lane_id, 'leased', $4::timestamptz
  FROM gate.acting() a
