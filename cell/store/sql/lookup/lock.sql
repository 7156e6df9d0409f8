-- $1 grant_id
SELECT grant_id, operation_id, side, peer, state, kinds, lookups, terms_sealed, request_sealed, digest, made_by, made_at,
       expires_at, expires_at <= clock_timestamp() AS expired, job_id
  FROM tandem.lookup_grant WHERE grant_id = $1 FOR UPDATE
