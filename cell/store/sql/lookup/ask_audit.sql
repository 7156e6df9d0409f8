-- $1 agency_id
-- $2 operation_id
-- $3 audit_id
-- $4 grant_id
-- $5 numbers
INSERT INTO tandem.lookup_audit (agency_id, operation_id, audit_id, grant_id, numbers)
VALUES ($1, $2, $3, $4, $5::text::jsonb)
