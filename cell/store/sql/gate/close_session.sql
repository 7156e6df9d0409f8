-- $1 token
SELECT gate.close_session($1)::text AS closed
