SELECT purpose_id, operation_id, code, task, ended_at FROM tandem.purpose ORDER BY created_at, purpose_id
