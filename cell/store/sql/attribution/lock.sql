-- $1 attribution_id
SELECT a.attribution_id, a.operation_id, a.referral_id, r.number, a.person, a.event, a.answer_id, a.answer_person,
       a.attributed_sealed, a.given_sealed, a.basis_sealed, a.doubts, a.override_sealed, a.proposed_by, a.state
  FROM tandem.attribution a
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE a.attribution_id = $1 FOR UPDATE OF a
