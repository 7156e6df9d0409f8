-- Every choice between two referrals, whichever stood left.
-- $1 one_id
-- $2 other_id
-- not null: first
-- nullable: undone_at
SELECT c.choice_id, c.one_id, c.one_score, c.other_id, c.other_score, c.first, c.chosen_by, c.chosen_at,
       u.chosen_at AS undone_at
  FROM tandem.rank_choice c
  LEFT JOIN tandem.rank_choice u ON u.agency_id = c.agency_id AND u.undoes = c.choice_id
 WHERE least(c.one_id, c.other_id) = least($1::uuid, $2::uuid)
   AND greatest(c.one_id, c.other_id) = greatest($1::uuid, $2::uuid)
   AND c.undoes IS NULL
 ORDER BY c.chosen_at, c.choice_id
