-- $1 token
-- $2 credential_id
-- $3 public_key
-- $4 counter
SELECT gate.add_passkey($1, $2, $3, $4)::text AS added
