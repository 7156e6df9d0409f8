-- $1 token
-- not null: person_id, agency_id, display_name, role, login, second_factor
SELECT person_id, agency_id, display_name, role,
       login, second_factor, operation_id
  FROM gate.session_of($1)
