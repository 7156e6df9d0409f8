-- $1 decision_id
-- nullable: undone_by
SELECT d.decision_id, d.referral_id, d.verb, d.decided_by, d.before, d.after, d.undoes, u.decision_id AS undone_by
  FROM tandem.decision d
  LEFT JOIN tandem.decision u ON u.agency_id = d.agency_id AND u.undoes = d.decision_id
 WHERE d.decision_id = $1
