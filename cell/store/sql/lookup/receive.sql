-- A request of another agency; no row where the same one was received before, or too many wait for a decision.
-- $1 operation_id
-- $2 grant_id
-- $3 peer
-- $4 kinds
-- $5 lookups
-- $6 terms_sealed
-- $7 request_sealed
-- $8 digest
-- $9 expires_at
-- $10 most_waiting
INSERT INTO tandem.lookup_grant (operation_id, grant_id, side, peer, state, kinds, lookups, terms_sealed, request_sealed,
                                 digest, expires_at)
SELECT $1, $2, 'holder', $3, 'received', $4::text[], $5, $6, $7, $8, $9::timestamptz
 WHERE (SELECT count(*) FROM tandem.lookup_grant
         WHERE peer = $3 AND state = 'received' AND expires_at > clock_timestamp()) < $10::bigint
ON CONFLICT (agency_id, digest) DO NOTHING
RETURNING grant_id
