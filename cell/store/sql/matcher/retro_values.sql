-- Files whose exact digest stands on this version still, though the entry that they hit was ended by this change: another
-- publisher lists the same file.
-- $1 change_id
-- $2 limit
-- nullable: category_scheme, category
SELECT h.operation_id, h.referral_id, h.file, h.kind, h.value, h.place, h.list_id, e.number, e.category_scheme, e.category
  FROM tandem.list_entry_end ended
  JOIN tandem.hit h ON h.agency_id = ended.agency_id AND h.version_id = ended.version_id AND h.number = ended.number
  JOIN LATERAL (
    SELECT o.number, o.category_scheme, o.category FROM tandem.list_entry o
     WHERE o.agency_id = h.agency_id AND o.kind = h.kind AND o.value = h.value AND o.version_id = h.version_id
       AND NOT EXISTS (SELECT FROM tandem.list_entry_end x
                        WHERE x.agency_id = o.agency_id AND x.version_id = o.version_id AND x.number = o.number)
     ORDER BY o.number LIMIT 1) e ON true
 WHERE ended.change_id = $1 AND h.kind <> 'pdq'
   AND NOT EXISTS (SELECT FROM tandem.hit standing WHERE standing.agency_id = h.agency_id
                      AND standing.referral_id = h.referral_id AND standing.file = h.file AND standing.kind = h.kind
                      AND standing.version_id = h.version_id AND standing.number = e.number)
 LIMIT $2
