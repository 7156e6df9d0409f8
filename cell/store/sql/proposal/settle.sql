-- $1 proposal_id
-- $2 state
-- $3 reason_sealed
UPDATE tandem.proposal SET state = $2, settled_reason_sealed = $3, settled_by = (gate.acting()).person_id, settled_at = clock_timestamp()
 WHERE proposal_id = $1 AND state = 'proposed'
