-- Decisions on the priority of the referral that came after the proposal and still stand.
-- $1 proposal_id
-- not null: later
SELECT count(*) AS later
  FROM tandem.proposal p
  JOIN tandem.decision d ON d.agency_id = p.agency_id AND d.referral_id = p.referral_id
 WHERE p.proposal_id = $1 AND d.verb = 'prioritise' AND d.undoes IS NULL AND d.decided_at > p.proposed_at
   AND NOT EXISTS (SELECT FROM tandem.decision u WHERE u.agency_id = d.agency_id AND u.undoes = d.decision_id)
