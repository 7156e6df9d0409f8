-- The earliest state with an independent time that holds the entry at this place.
-- $1 agency_id
-- $2 place
SELECT size, authority, note, token, at FROM ledger.stamped
 WHERE agency_id = $1 AND size = (SELECT min(s.size) FROM ledger.stamped s WHERE s.agency_id = $1 AND s.size > $2)
 ORDER BY authority
