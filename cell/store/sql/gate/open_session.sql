-- $1 issuer
-- $2 subject
-- $3 token_hash
-- $4 hours
-- $5 idle_seconds
-- $6 second_factor
-- not null: person_id, agency_id, role, login, second_factor
SELECT person_id, agency_id, role, login,
       second_factor
  FROM gate.open_session($1, $2, $3, $4, $5, $6)
