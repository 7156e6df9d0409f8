-- $1 run_id?
SELECT audit_id, agency_id, operation_id, run_id, places, asked_at, opened_by, opened_at, result
  FROM tandem.deconfliction_audit WHERE $1::uuid IS NULL OR run_id = $1 ORDER BY asked_at DESC, audit_id
