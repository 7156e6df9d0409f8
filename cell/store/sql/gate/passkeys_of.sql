-- $1 token
-- not null: credential_id, public_key, counter
SELECT credential_id, public_key, counter FROM gate.passkeys_of($1)
