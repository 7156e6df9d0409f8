-- $1 limit
-- not null: direction
SELECT d.disagreement_id, d.referral_id, r.number, d.score_number, t.weight_set, d.direction, d.reason_sealed, d.said_by,
       d.said_at, i.effective_priority, i.computed_priority
  FROM tandem.rank_disagreement d
  JOIN tandem.referral r ON r.agency_id = d.agency_id AND r.referral_id = d.referral_id
  JOIN tandem.triage_item i ON i.agency_id = d.agency_id AND i.referral_id = d.referral_id
  JOIN tandem.triage_score t
    ON t.agency_id = d.agency_id AND t.referral_id = d.referral_id AND t.number = d.score_number
 WHERE d.undoes IS NULL
   AND NOT EXISTS (SELECT FROM tandem.rank_disagreement u WHERE u.agency_id = d.agency_id AND u.undoes = d.disagreement_id)
 ORDER BY d.said_at DESC, d.disagreement_id DESC LIMIT $1
