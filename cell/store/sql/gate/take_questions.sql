-- Takes questions of another agency out of its quota, all or none; null when they are not taken.
-- $1 peer
-- $2 questions
-- $3 allowed
-- $4 hours
SELECT gate.take_questions($1, $2, $3, make_interval(hours => $4)) AS left_over
