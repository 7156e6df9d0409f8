-- What was done about these appearances and these values, and by what it was undone. The reason of a link is sealed with the
-- referral that its first appearance stands in.
-- $1 appearances
-- $2 observables
-- nullable: undone_by, undone_at, undone_who, undone_reason_sealed, one_referral, one_number, one_person, other_number, other_person
SELECT a.act_id, a.decision_id, a.operation_id, a.kind, a.one, a.other, a.observable_id, a.expires_at, a.ground,
       a.reason_sealed, a.made_by, a.made_at,
       u.act_id AS undone_by, u.made_at AS undone_at, u.made_by AS undone_who, u.reason_sealed AS undone_reason_sealed,
       p.referral_id AS one_referral, r.number AS one_number, p.person AS one_person,
       s.number AS other_number, q.person AS other_person
  FROM tandem.link_act a
  LEFT JOIN tandem.link_act u ON u.agency_id = a.agency_id AND u.undoes = a.act_id
  LEFT JOIN tandem.appearance p ON p.agency_id = a.agency_id AND p.appearance_id = a.one
  LEFT JOIN tandem.referral r ON r.agency_id = p.agency_id AND r.referral_id = p.referral_id
  LEFT JOIN tandem.appearance q ON q.agency_id = a.agency_id AND q.appearance_id = a.other
  LEFT JOIN tandem.referral s ON s.agency_id = q.agency_id AND s.referral_id = q.referral_id
 WHERE a.kind <> 'undo' AND (a.one = ANY ($1::uuid[]) OR a.other = ANY ($1::uuid[]) OR a.observable_id = ANY ($2::uuid[]))
 ORDER BY a.made_at, a.act_id
