-- The latest grants of the operation, from both sides, with the tokens that were spent here.
-- $1 limit
-- not null: spent, expired
SELECT g.grant_id, g.side, g.peer, g.state, g.kinds, g.lookups, g.terms_sealed, g.made_by, g.made_at, g.expires_at,
       g.expires_at <= clock_timestamp() AS expired, g.decided_by, g.decided_at, g.decision_sealed, g.desk, g.size,
       g.public_key, g.listed_at, g.used, g.why, g.ended_at,
       (SELECT count(*)::integer FROM tandem.lookup_spent s WHERE s.agency_id = g.agency_id AND s.grant_id = g.grant_id)
         AS spent
  FROM tandem.lookup_grant g ORDER BY g.made_at DESC, g.grant_id LIMIT $1
