-- The inspector's view: how much was asked and answered under each grant, of every agency.
-- $1 limit
-- not null: spent, all_asked, held, unanswered, not_in_record
SELECT g.grant_id, g.agency_id, g.operation_id, g.side, g.peer, g.state, g.kinds, g.lookups, g.made_at, g.expires_at, g.size,
       g.public_key,
       (SELECT count(*)::integer FROM tandem.lookup_spent s WHERE s.agency_id = g.agency_id AND s.grant_id = g.grant_id) AS spent,
       asked.all_asked, asked.held, asked.unanswered, asked.not_in_record
  FROM tandem.lookup_grant g
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS all_asked, (count(*) FILTER (WHERE l.held))::integer AS held,
           (count(*) FILTER (WHERE l.state <> 'answered'))::integer AS unanswered,
           (count(*) FILTER (WHERE NOT l.in_record))::integer AS not_in_record
      FROM tandem.lookup l WHERE l.agency_id = g.agency_id AND l.grant_id = g.grant_id) AS asked
 ORDER BY g.made_at DESC, g.grant_id LIMIT $1
