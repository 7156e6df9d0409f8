-- $1 proposal_id
SELECT proposal_id, weight_set, based_on, origin, sha256, changes, why_sealed, choices, agreed_before, agreed_after, replay,
       proposed_by, proposed_at, weights
  FROM tandem.weight_proposal WHERE proposal_id = $1
