-- $1 lane
-- $2 authority
SELECT gate.give_lane_authority($1, $2) AS waiting
