-- $1 weight_set
SELECT proposal_id FROM tandem.weight_proposal WHERE weight_set = $1
