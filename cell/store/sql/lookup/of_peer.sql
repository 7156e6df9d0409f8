-- A grant of the holder by the name that both sides know it under: the first half of the digest of its request.
-- $1 peer
-- $2 name
SELECT grant_id, state, job_id, digest, expires_at <= clock_timestamp() AS expired
  FROM tandem.lookup_grant
 WHERE peer = $1 AND side = 'holder' AND substring(digest FROM 1 FOR 16) = $2
