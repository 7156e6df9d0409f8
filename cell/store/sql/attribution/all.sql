-- Those of one referral, one alone, or all that wait for a second person.
-- $1 referral_id?
-- $2 attribution_id?
-- nullable: answer_number
SELECT a.attribution_id, a.operation_id, a.referral_id, r.number, a.person, a.event, a.answer_id,
       n.number AS answer_number, a.answer_person, a.attributed_sealed, a.given_sealed, a.basis_sealed, a.doubts,
       a.reason_sealed, a.override_sealed, a.proposed_by, a.proposed_at, a.state, a.settled_by, a.settled_at,
       a.settled_reason_sealed
  FROM tandem.attribution a
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
  LEFT JOIN tandem.referral n ON n.agency_id = a.agency_id AND n.referral_id = a.answer_id
 WHERE CASE WHEN $2::uuid IS NOT NULL THEN a.attribution_id = $2
            WHEN $1::uuid IS NOT NULL THEN a.referral_id = $1
            ELSE a.state = 'proposed' END
 ORDER BY a.proposed_at, a.attribution_id
