-- What became of the referrals that ranked low when they came, drawn by lot and not, by agency and by the weight set
-- that ranked them then. Each is counted once: rose by itself before anybody judged it; mattered; went into another
-- one; did not matter; or waits.
-- not null: agency, weight_set, by_lot, lots_drawn, received, rose, elsewhere, mattered, nothing, waiting, passed_on, raised, safeguarded
WITH judged AS (
  SELECT d.agency_id, d.referral_id, min(d.decided_at) AS at,
         (array_agg(d.outcome ORDER BY d.decided_at DESC) FILTER (WHERE d.verb = 'close'))[1] AS outcome
    FROM tandem.decision d
   WHERE d.verb IN ('prioritise', 'merge', 'decline', 'close')
     AND NOT EXISTS (SELECT FROM tandem.decision u WHERE u.agency_id = d.agency_id AND u.undoes = d.decision_id)
   GROUP BY d.agency_id, d.referral_id
), tracked AS (
  SELECT g.agency_id, g.referral_id, min(g.referred_at) AS at
    FROM tandem.safeguarding g GROUP BY g.agency_id, g.referral_id
), low AS (
  SELECT i.agency_id, s.weight_set, i.by_lot, i.lots_drawn, i.state,
         coalesce(i.risen_at < coalesce(least(j.at, g.at), 'infinity'), false) AS rose,
         i.state = 'closed'
           AND j.outcome IN ('passed to a force', 'passed to another agency', 'added to an operation') AS passed_on,
         coalesce(i.confirmed_priority < 'P3', false) AS raised,
         g.at IS NOT NULL AS safeguarded
    FROM tandem.triage_item i
    JOIN tandem.triage_score s ON s.agency_id = i.agency_id AND s.referral_id = i.referral_id AND s.number = 1
    LEFT JOIN judged j ON j.agency_id = i.agency_id AND j.referral_id = i.referral_id
    LEFT JOIN tracked g ON g.agency_id = i.agency_id AND g.referral_id = i.referral_id
   WHERE i.lot IS NOT NULL
), sorted AS (
  SELECT low.*,
         CASE WHEN rose THEN 'rose'
              WHEN passed_on OR raised OR safeguarded THEN 'mattered'
              WHEN state IN ('merged', 'folded') THEN 'elsewhere'
              WHEN state IN ('declined', 'closed') THEN 'nothing' ELSE 'waiting' END AS became
    FROM low
)
SELECT a.short_name AS agency, x.weight_set, x.by_lot, max(x.lots_drawn) AS lots_drawn, count(*) AS received,
       count(*) FILTER (WHERE x.became = 'rose') AS rose,
       count(*) FILTER (WHERE x.became = 'elsewhere') AS elsewhere,
       count(*) FILTER (WHERE x.became = 'mattered') AS mattered,
       count(*) FILTER (WHERE x.became = 'nothing') AS nothing,
       count(*) FILTER (WHERE x.became = 'waiting') AS waiting,
       count(*) FILTER (WHERE x.became = 'mattered' AND x.passed_on) AS passed_on,
       count(*) FILTER (WHERE x.became = 'mattered' AND x.raised) AS raised,
       count(*) FILTER (WHERE x.became = 'mattered' AND x.safeguarded) AS safeguarded
  FROM sorted x
  JOIN tandem.agency a ON a.agency_id = x.agency_id
 GROUP BY a.short_name, x.weight_set, x.by_lot ORDER BY a.short_name, x.weight_set, x.by_lot
