-- not null: undone
-- $1 act_id
SELECT a.act_id, a.operation_id, a.kind, a.one, a.other, a.observable_id,
       EXISTS (SELECT FROM tandem.link_act u WHERE u.agency_id = a.agency_id AND u.undoes = a.act_id) AS undone
  FROM tandem.link_act a WHERE a.act_id = $1 AND a.kind <> 'undo'
