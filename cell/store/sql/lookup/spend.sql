-- A token is spent once; no row where it was before, where the grant has no such token, or where it has ended.
-- $1 grant_id
-- $2 number
-- $3 element
INSERT INTO tandem.lookup_spent (operation_id, grant_id, number, element)
SELECT g.operation_id, g.grant_id, $2::integer, $3
  FROM tandem.lookup_grant g
 WHERE g.grant_id = $1 AND g.side = 'holder' AND g.state = 'in force' AND g.expires_at > clock_timestamp()
   AND $2::integer <= g.lookups
ON CONFLICT (agency_id, grant_id, number) DO NOTHING
RETURNING number
