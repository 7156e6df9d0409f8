-- $1 disagreement_id
-- nullable: undone_by
SELECT d.disagreement_id, d.operation_id, d.referral_id, d.score_number, d.direction, d.said_by, d.undoes,
       u.disagreement_id AS undone_by
  FROM tandem.rank_disagreement d
  LEFT JOIN tandem.rank_disagreement u ON u.agency_id = d.agency_id AND u.undoes = d.disagreement_id
 WHERE d.disagreement_id = $1
