-- The latest lookups of the operation.
-- $1 limit
SELECT l.lookup_id, l.grant_id, g.peer, l.kind, l.asked_sealed, l.in_record, l.state, l.held, l.outcome, l.made_by, l.made_at,
       l.ended_at, g.desk, g.listed_at
  FROM tandem.lookup l JOIN tandem.lookup_grant g ON g.agency_id = l.agency_id AND g.grant_id = l.grant_id
 ORDER BY l.made_at DESC, l.lookup_id LIMIT $1
