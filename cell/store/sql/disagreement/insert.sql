-- $1 operation_id
-- $2 disagreement_id
-- $3 referral_id
-- $4 score_number
-- $5 direction?
-- $6 reason_sealed?
-- $7 undoes?
INSERT INTO tandem.rank_disagreement
  (operation_id, disagreement_id, referral_id, score_number, direction, reason_sealed, undoes)
VALUES ($1, $2, $3, $4, $5, $6, $7)
