-- The next tokens of the asker: each is handed out once, and none after the grant has ended.
-- $1 grant_id
-- $2 count
-- $3 state
-- not null: first
UPDATE tandem.lookup_grant SET used = used + $2::integer
 WHERE grant_id = $1 AND side = 'asker' AND state = $3 AND used + $2::integer <= lookups + 1
   AND expires_at > clock_timestamp()
RETURNING used - $2::integer AS first
