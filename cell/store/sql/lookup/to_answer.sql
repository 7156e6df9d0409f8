-- What the holder's machine answers with, while the grant is in force.
-- $1 grant_id
SELECT operation_id, key_sealed, list_sealed FROM tandem.lookup_grant
 WHERE grant_id = $1 AND side = 'holder' AND state = 'in force' AND expires_at > clock_timestamp()
