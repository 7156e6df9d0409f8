-- $1 audit_id
SELECT audit_id, operation_id, grant_id, numbers, opened_by FROM tandem.lookup_audit WHERE audit_id = $1 FOR UPDATE
