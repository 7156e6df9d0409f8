-- The latest choices that stand and say something, with the facts as they were scored. What was erased teaches nothing.
-- $1 limit
-- not null: first, one_facts, other_facts
SELECT c.choice_id, c.first, a.facts AS one_facts, a.scored_at AS one_scored_at, b.facts AS other_facts,
       b.scored_at AS other_scored_at
  FROM tandem.rank_choice c
  JOIN tandem.triage_score a ON a.agency_id = c.agency_id AND a.referral_id = c.one_id AND a.number = c.one_score
  JOIN tandem.triage_score b ON b.agency_id = c.agency_id AND b.referral_id = c.other_id AND b.number = c.other_score
 WHERE c.first IN ('one', 'other')
   AND NOT EXISTS (SELECT FROM tandem.rank_choice u WHERE u.agency_id = c.agency_id AND u.undoes = c.choice_id)
   AND NOT EXISTS (SELECT FROM tandem.record_key k WHERE k.agency_id = c.agency_id
                     AND k.record_id IN (c.one_id, c.other_id) AND k.erased_at IS NOT NULL)
 ORDER BY c.chosen_at DESC, c.choice_id DESC LIMIT $1
