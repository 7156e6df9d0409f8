-- $1 referral_id?
SELECT p.proposal_id, p.referral_id, r.number, p.verb, p.change, p.reason_sealed, p.proposed_by, p.proposed_at
  FROM tandem.proposal p
  JOIN tandem.referral r ON r.agency_id = p.agency_id AND r.referral_id = p.referral_id
 WHERE p.state = 'proposed' AND ($1::uuid IS NULL OR p.referral_id = $1) ORDER BY p.proposed_at
