-- $1 proposal_id
-- $2 state
UPDATE tandem.proposal SET state = $2, settled_by = (gate.acting()).person_id, settled_at = clock_timestamp()
 WHERE proposal_id = $1 AND state = 'proposed'
