-- Which factors gave or took points in the ranks that people disagree with; each factor once a disagreement.
-- not null: weight_set, factor, higher, lower
SELECT f.weight_set, f.factor,
       count(*) FILTER (WHERE f.direction = 'higher') AS higher,
       count(*) FILTER (WHERE f.direction = 'lower') AS lower
  FROM (
    SELECT DISTINCT t.weight_set, d.disagreement_id, d.direction, x.factor ->> 'factor' AS factor
      FROM tandem.rank_disagreement d
      JOIN tandem.triage_score t
        ON t.agency_id = d.agency_id AND t.referral_id = d.referral_id AND t.number = d.score_number
      CROSS JOIN LATERAL jsonb_array_elements(t.score -> 'factors') AS x (factor)
     WHERE d.undoes IS NULL AND (x.factor ->> 'hundredths')::integer <> 0
       AND NOT EXISTS (SELECT FROM tandem.rank_disagreement u
                        WHERE u.agency_id = d.agency_id AND u.undoes = d.disagreement_id)) AS f
 GROUP BY f.weight_set, f.factor ORDER BY count(*) DESC, f.factor
