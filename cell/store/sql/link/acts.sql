-- What was done about these appearances and these values, and by what it was undone.
-- $1 appearances
-- $2 observables
-- nullable: undone_by, undone_at, undone_who, undone_reason_sealed
SELECT a.act_id, a.operation_id, a.kind, a.one, a.other, a.observable_id, a.expires_at, a.ground, a.reason_sealed, a.made_by, a.made_at,
       u.act_id AS undone_by, u.made_at AS undone_at, u.made_by AS undone_who, u.reason_sealed AS undone_reason_sealed
  FROM tandem.link_act a
  LEFT JOIN tandem.link_act u ON u.agency_id = a.agency_id AND u.undoes = a.act_id
 WHERE a.kind <> 'undo' AND (a.one = ANY ($1::uuid[]) OR a.other = ANY ($1::uuid[]) OR a.observable_id = ANY ($2::uuid[]))
 ORDER BY a.made_at, a.act_id
