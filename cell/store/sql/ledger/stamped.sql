-- States with an independent time that hold the entry at this place, the earliest sixteen first.
-- $1 agency_id
-- $2 place
SELECT size, authority, note, token, at FROM ledger.stamped
 WHERE agency_id = $1 AND size IN (
   SELECT DISTINCT s.size FROM ledger.stamped s WHERE s.agency_id = $1 AND s.size > $2 ORDER BY s.size LIMIT 16)
 ORDER BY size, authority
