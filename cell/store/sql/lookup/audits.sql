SELECT audit_id, agency_id, grant_id, numbers, asked_at, opened_by, opened_at, result
  FROM tandem.lookup_audit ORDER BY asked_at DESC, audit_id LIMIT 200
