-- Of these values the acts that suppress them, or did until they were taken back. `overruled`: a rule's, which a person took
-- back; what a person set aside and took back is as if it had never been.
-- $1 observables
-- not null: act_id, observable_id, ground, over, overruled
SELECT a.act_id, a.observable_id, a.ground, u.act_id IS NOT NULL AS over,
       u.reason_sealed IS NOT NULL AND a.ground->>'by' <> 'person' AS overruled
  FROM tandem.link_act a
  LEFT JOIN tandem.link_act u ON u.agency_id = a.agency_id AND u.undoes = a.act_id
 WHERE a.kind = 'suppress' AND a.observable_id = ANY ($1::uuid[])
