-- Every value that was ever suppressed in the operation at work.
-- nullable: undone_by, undone_kind_of_maker
SELECT a.act_id, a.observable_id, a.ground, a.made_at, a.made_by, o.kind, u.act_id AS undone_by,
       p.role AS undone_kind_of_maker
  FROM tandem.link_act a
  JOIN tandem.observable o ON o.agency_id = a.agency_id AND o.observable_id = a.observable_id
  LEFT JOIN tandem.link_act u ON u.agency_id = a.agency_id AND u.undoes = a.act_id
  LEFT JOIN tandem.person p ON p.agency_id = u.agency_id AND p.person_id = u.made_by
 WHERE a.kind = 'suppress' ORDER BY a.made_at, a.act_id
