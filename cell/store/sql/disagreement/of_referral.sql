-- $1 referral_id
-- not null: direction
-- nullable: undone_at
SELECT d.disagreement_id, d.score_number, t.weight_set, d.direction, d.reason_sealed, d.said_by, d.said_at,
       u.said_at AS undone_at
  FROM tandem.rank_disagreement d
  JOIN tandem.triage_score t
    ON t.agency_id = d.agency_id AND t.referral_id = d.referral_id AND t.number = d.score_number
  LEFT JOIN tandem.rank_disagreement u ON u.agency_id = d.agency_id AND u.undoes = d.disagreement_id
 WHERE d.referral_id = $1 AND d.undoes IS NULL ORDER BY d.said_at, d.disagreement_id
