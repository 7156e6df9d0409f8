-- $1 referral_id
-- nullable: undone_by, proposal_reason_sealed, proposed_at
SELECT d.decision_id, d.referral_id, d.verb, d.reason_sealed, d.decided_by, d.second_person, d.proposal_id, p.reason_sealed AS proposal_reason_sealed,
       p.proposed_at, d.decided_at, d.before, d.after, d.undoes,
       u.decision_id AS undone_by
  FROM tandem.decision d
  LEFT JOIN tandem.decision u ON u.agency_id = d.agency_id AND u.undoes = d.decision_id
  LEFT JOIN tandem.proposal p ON p.agency_id = d.agency_id AND p.proposal_id = d.proposal_id
 WHERE d.referral_id = $1 ORDER BY d.decided_at, d.decision_id
