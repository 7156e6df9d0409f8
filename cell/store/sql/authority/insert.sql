-- $1 authority_id
-- $2 operation_id
-- $3 kind
-- $4 act
-- $5 section
-- $6 issuer
-- $7 scope
-- $8 necessity
-- $9 proportionality
-- $10 starts_at
-- $11 expires_at
INSERT INTO tandem.authority (cell_id, agency_id, authority_id, operation_id, kind, act, section, issuer, scope, necessity,
                              proportionality, starts_at, expires_at, created_by)
VALUES (gate.cell(), gate.agency(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, gate.person())
