-- Lots as the ledger has had them since they were drawn, beside the lots that are kept: of the last 90 days, by agency.
-- not null: agency, kept, in_ledger, differ
SELECT a.short_name AS agency, count(*) AS kept, count(e.lot) AS in_ledger,
       count(*) FILTER (WHERE e.lot <> i.lot) AS differ
  FROM tandem.triage_score s
  JOIN tandem.triage_item i ON i.agency_id = s.agency_id AND i.referral_id = s.referral_id
  JOIN tandem.agency a ON a.agency_id = i.agency_id
  LEFT JOIN (
    SELECT o.agency_id, x.referral::uuid AS referral_id, x.lot::integer AS lot
      FROM ledger.opening o
      CROSS JOIN LATERAL ROWS FROM (jsonb_array_elements_text(o.object -> 'referrals'),
                                    jsonb_array_elements_text(o.object -> 'lots')) AS x (referral, lot)
     WHERE o.verb = 'delivery.read' AND o.object ? 'lots'
       AND o.at > (SELECT clock_timestamp()) - interval '90 days') e
    ON e.agency_id = i.agency_id AND e.referral_id = i.referral_id
 WHERE s.number = 1 AND i.lot IS NOT NULL AND s.scored_at > (SELECT clock_timestamp()) - interval '90 days'
 GROUP BY a.short_name ORDER BY a.short_name
