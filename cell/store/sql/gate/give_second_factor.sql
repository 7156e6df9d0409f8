-- $1 token
SELECT gate.give_second_factor($1)::text AS given
