-- The second person of the side that asks; or whoever refuses for the other side.
-- $1 grant_id
-- $2 state
-- $3 decision_sealed
-- $4 digest?
-- $5 request_sealed?
UPDATE tandem.lookup_grant
   SET state = $2, decided_by = (gate.acting()).person_id, decided_at = clock_timestamp(), decision_sealed = $3,
       digest = coalesce($4, digest), request_sealed = coalesce($5, request_sealed)
 WHERE grant_id = $1 AND state IN ('proposed', 'received') AND decided_by IS NULL
RETURNING decided_at
