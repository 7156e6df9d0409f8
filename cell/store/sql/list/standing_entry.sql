-- Entries of a version that its publisher calls so, as far as they stand.
-- $1 version_id
-- $2 entry
SELECT DISTINCT e.number FROM tandem.list_entry e
 WHERE e.version_id = $1 AND e.entry = $2::text
   AND NOT EXISTS (SELECT FROM tandem.list_entry_end x
                    WHERE x.agency_id = e.agency_id AND x.version_id = e.version_id AND x.number = e.number)
 ORDER BY e.number
