-- The last time that each authority has put on each log.
-- not null: agency_id, authority, size, at
SELECT DISTINCT ON (agency_id, authority) agency_id, authority, size, at FROM ledger.stamped
 ORDER BY agency_id, authority, size DESC
