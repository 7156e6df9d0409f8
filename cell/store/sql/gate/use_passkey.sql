-- $1 credential_id
-- $2 counter
SELECT gate.use_passkey($1, $2)::text AS used
