-- $1 attribution_id
-- $2 state
-- $3 reason_sealed
-- $4 settled_on?
UPDATE tandem.attribution
   SET state = $2, settled_by = (gate.acting()).person_id, settled_at = clock_timestamp(), settled_reason_sealed = $3,
       settled_on = $4
 WHERE attribution_id = $1 AND state = 'proposed'
