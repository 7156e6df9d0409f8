-- Agencies with entries that have no place yet, and how many; the count stops at the limit.
-- $1 limit
-- not null: agency_id, how_many
SELECT l.agency_id, (SELECT count(*) FROM (
         SELECT 1 FROM ledger.place p WHERE p.agency_id = l.agency_id AND p.index IS NULL LIMIT $1) counted) AS how_many
  FROM ledger.log l
