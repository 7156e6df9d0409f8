-- What the acting person said of one score and has not taken back.
-- $1 referral_id
-- $2 score_number
-- not null: direction
SELECT d.disagreement_id, d.direction, d.reason_sealed
  FROM tandem.rank_disagreement d
 WHERE d.referral_id = $1 AND d.score_number = $2 AND d.undoes IS NULL AND d.said_by = (SELECT gate.person())
   AND NOT EXISTS (SELECT FROM tandem.rank_disagreement u WHERE u.agency_id = d.agency_id AND u.undoes = d.disagreement_id)
