-- $1 audit_id
SELECT audit_id, operation_id, run_id, places, opened_by FROM tandem.deconfliction_audit WHERE audit_id = $1 FOR UPDATE
