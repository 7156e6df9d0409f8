-- $1 agency_id
-- $2 operation_id
-- $3 audit_id
-- $4 run_id
-- $5 places
INSERT INTO tandem.deconfliction_audit (agency_id, operation_id, audit_id, run_id, places)
VALUES ($1, $2, $3, $4, $5::text::jsonb)
