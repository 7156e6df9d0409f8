-- $1 grant_id
SELECT grant_id, operation_id, peer, state, kinds, lookups, desk, list_sealed, request_sealed, digest, listed_at, used,
       expires_at <= clock_timestamp() AS expired
  FROM tandem.lookup_grant WHERE grant_id = $1 AND side = 'asker'
