-- The acts of one decision. `reasoned`: a person made it, with a reason; a rule gives none.
-- $1 decision_id
-- not null: undone, reasoned
SELECT a.act_id, a.operation_id, a.kind, a.one, a.other, a.observable_id, a.made_by, a.reason_sealed IS NOT NULL AS reasoned,
       EXISTS (SELECT FROM tandem.link_act u WHERE u.agency_id = a.agency_id AND u.undoes = a.act_id) AS undone
  FROM tandem.link_act a WHERE a.decision_id = $1 AND a.kind <> 'undo' ORDER BY a.act_id
