-- How often people disagree with each weight set, beside how many referrals it ranked that people decided on.
-- not null: agency, weight_set, higher, lower, referrals, people, decided
SELECT a.short_name AS agency, t.weight_set,
       count(*) FILTER (WHERE d.direction = 'higher') AS higher,
       count(*) FILTER (WHERE d.direction = 'lower') AS lower,
       count(DISTINCT d.referral_id) AS referrals,
       count(DISTINCT d.said_by) AS people,
       (SELECT count(DISTINCT x.referral_id) FROM tandem.decision x
         WHERE x.agency_id = a.agency_id AND x.verb IN ('prioritise', 'merge', 'decline', 'close')
           AND NOT EXISTS (SELECT FROM tandem.decision u WHERE u.agency_id = x.agency_id AND u.undoes = x.decision_id)
           AND EXISTS (SELECT FROM tandem.triage_score s WHERE s.agency_id = x.agency_id
                        AND s.referral_id = x.referral_id AND s.weight_set = t.weight_set)) AS decided
  FROM tandem.rank_disagreement d
  JOIN tandem.agency a ON a.agency_id = d.agency_id
  JOIN tandem.triage_score t
    ON t.agency_id = d.agency_id AND t.referral_id = d.referral_id AND t.number = d.score_number
 WHERE d.undoes IS NULL
   AND NOT EXISTS (SELECT FROM tandem.rank_disagreement u WHERE u.agency_id = d.agency_id AND u.undoes = d.disagreement_id)
 GROUP BY a.agency_id, a.short_name, t.weight_set ORDER BY a.short_name, t.weight_set
