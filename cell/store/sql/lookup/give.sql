-- A person of the holder accepts: key and list of this grant are made, and stand in the ledger.
-- $1 grant_id
-- $2 decision_sealed
-- $3 job_id
-- $4 desk
-- $5 key_sealed
-- $6 list_sealed
-- $7 public_key
-- $8 outputs
-- $9 size
-- $10 listed_at
UPDATE tandem.lookup_grant
   SET state = 'in force', decided_by = (gate.acting()).person_id, decided_at = clock_timestamp(), decision_sealed = $2,
       job_id = $3, desk = $4, key_sealed = $5, list_sealed = $6, public_key = $7, outputs = $8, size = $9,
       listed_at = $10::timestamptz
 WHERE grant_id = $1 AND side = 'holder' AND state = 'received' AND expires_at > clock_timestamp()
RETURNING grant_id
