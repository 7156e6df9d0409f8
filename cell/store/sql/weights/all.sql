-- $1 limit
SELECT proposal_id, weight_set, based_on, origin, sha256, changes, why_sealed, choices, agreed_before, agreed_after, replay,
       proposed_by, proposed_at
  FROM tandem.weight_proposal ORDER BY proposed_at DESC, proposal_id DESC LIMIT $1
