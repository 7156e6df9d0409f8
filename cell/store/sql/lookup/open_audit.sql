-- $1 audit_id
-- $2 result
UPDATE tandem.lookup_audit
   SET opened_by = (gate.acting()).person_id, opened_at = clock_timestamp(), result = $2::text::jsonb
 WHERE audit_id = $1 AND opened_by IS NULL
