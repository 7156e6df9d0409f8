-- $1 choice_id
-- nullable: undone_by
SELECT c.choice_id, c.operation_id, c.one_id, c.one_score, c.other_id, c.other_score, c.first, c.chosen_by, c.undoes,
       u.choice_id AS undone_by
  FROM tandem.rank_choice c
  LEFT JOIN tandem.rank_choice u ON u.agency_id = c.agency_id AND u.undoes = c.choice_id
 WHERE c.choice_id = $1
