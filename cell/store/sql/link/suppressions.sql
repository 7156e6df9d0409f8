-- Every value that was ever suppressed in the operation at work. `overruled`: a rule's, which a person took
-- back with a reason.
-- not null: act_id, observable_id, ground, kind, over, overruled
SELECT a.act_id, a.observable_id, a.ground, o.kind, u.act_id IS NOT NULL AS over,
       u.reason_sealed IS NOT NULL AND a.ground->>'by' <> 'person' AS overruled
  FROM tandem.link_act a
  JOIN tandem.observable o ON o.agency_id = a.agency_id AND o.observable_id = a.observable_id
  LEFT JOIN tandem.link_act u ON u.agency_id = a.agency_id AND u.undoes = a.act_id
 WHERE a.kind = 'suppress' ORDER BY a.made_at, a.act_id
