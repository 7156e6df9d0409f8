-- not null: chosen, cannot_say, people
SELECT count(*) FILTER (WHERE c.first <> 'cannot say') AS chosen,
       count(*) FILTER (WHERE c.first = 'cannot say') AS cannot_say,
       count(DISTINCT c.chosen_by) AS people
  FROM tandem.rank_choice c
 WHERE c.undoes IS NULL
   AND NOT EXISTS (SELECT FROM tandem.rank_choice u WHERE u.agency_id = c.agency_id AND u.undoes = c.choice_id)
