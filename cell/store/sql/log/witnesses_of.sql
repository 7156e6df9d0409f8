-- What the witnesses of this cell have cosigned of a log.
-- $1 origin
SELECT l.name, w.size, w.root FROM ledger.witnessed w JOIN ledger.log l USING (agency_id) WHERE w.origin = $1 ORDER BY l.name
