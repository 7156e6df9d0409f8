-- $1 token
-- $2 operation
-- $3 authority
-- $4 purpose
-- not null: chosen
SELECT gate.choose($1, $2, $3, $4) AS chosen
