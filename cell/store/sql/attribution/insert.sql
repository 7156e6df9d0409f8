-- $1 operation_id
-- $2 attribution_id
-- $3 referral_id
-- $4 person
-- $5 event
-- $6 answer_id?
-- $7 answer_person?
-- $8 attributed_sealed?
-- $9 given_sealed
-- $10 basis_sealed
-- $11 doubts
-- $12 reason_sealed
-- $13 override_sealed?
INSERT INTO tandem.attribution (operation_id, attribution_id, referral_id, person, event, answer_id, answer_person,
  attributed_sealed, given_sealed, basis_sealed, doubts, reason_sealed, override_sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
