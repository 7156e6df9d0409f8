-- $1 operation_id
-- $2 choice_id
-- $3 one_id
-- $4 one_score
-- $5 other_id
-- $6 other_score
-- $7 first?
-- $8 undoes?
INSERT INTO tandem.rank_choice (operation_id, choice_id, one_id, one_score, other_id, other_score, first, undoes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
