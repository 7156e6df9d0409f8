-- The inspector's view: that there was a run, of every agency, and how it ended.
-- $1 limit
SELECT d.run_id, d.agency_id, d.operation_id, d.side, d.peer, d.state, d.kinds, d.most_asked, d.most_held, d.size,
       d.outcome, d.made_at, d.ended_at
  FROM tandem.deconfliction d ORDER BY d.made_at DESC, d.run_id LIMIT $1
