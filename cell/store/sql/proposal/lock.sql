-- $1 proposal_id
SELECT p.proposal_id, p.referral_id, r.number, p.verb, p.change, p.reason_sealed, p.proposed_by, p.state
  FROM tandem.proposal p
  JOIN tandem.referral r ON r.agency_id = p.agency_id AND r.referral_id = p.referral_id
 WHERE p.proposal_id = $1 FOR UPDATE OF p
