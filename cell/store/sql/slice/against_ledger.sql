-- Lots as the ledger has had them since they were drawn, beside those that are kept: of the last 90 days, by agency.
-- `differ`: what ranked low by the ledger has another lot or border now, or none. `unknown`: kept, and not in the ledger.
-- not null: agency, kept, in_ledger, differ, unknown
WITH told AS (
  SELECT o.agency_id, x.referral::uuid AS referral_id, x.lot::integer AS lot,
         (o.object ->> 'drawnBelow')::integer AS lots_drawn, o.at
    FROM ledger.opening o
    CROSS JOIN LATERAL ROWS FROM (jsonb_array_elements_text(o.object -> 'referrals'),
                                  jsonb_array_elements_text(o.object -> 'lots'),
                                  jsonb_array_elements_text(o.object -> 'low')) AS x (referral, lot, low)
   WHERE o.verb = 'delivery.read' AND o.object ? 'lots' AND x.low = 'true'
     AND o.at > (SELECT clock_timestamp()) - interval '91 days'
), kept AS (
  SELECT i.agency_id, i.referral_id, i.lot, i.lots_drawn, s.scored_at
    FROM tandem.triage_score s
    JOIN tandem.triage_item i ON i.agency_id = s.agency_id AND i.referral_id = s.referral_id
   WHERE s.number = 1 AND s.scored_at > (SELECT clock_timestamp()) - interval '91 days'
)
SELECT a.short_name AS agency, count(k.lot) AS kept, count(t.lot) AS in_ledger,
       count(*) FILTER (WHERE t.lot IS NOT NULL
         AND (t.lot IS DISTINCT FROM k.lot OR t.lots_drawn IS DISTINCT FROM k.lots_drawn)) AS differ,
       count(*) FILTER (WHERE t.lot IS NULL AND k.lot IS NOT NULL) AS unknown
  FROM kept k
  FULL JOIN told t ON t.agency_id = k.agency_id AND t.referral_id = k.referral_id
  JOIN tandem.agency a ON a.agency_id = coalesce(t.agency_id, k.agency_id)
 WHERE coalesce(t.at, k.scored_at) > (SELECT clock_timestamp()) - interval '90 days'
   AND (t.lot IS NOT NULL OR k.lot IS NOT NULL)
 GROUP BY a.short_name ORDER BY a.short_name
