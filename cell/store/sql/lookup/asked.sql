-- What the inspector may draw from: lookups under one grant, of any agency.
-- $1 grant_id
SELECT l.agency_id, l.operation_id, l.number FROM tandem.lookup l WHERE l.grant_id = $1 ORDER BY l.number
