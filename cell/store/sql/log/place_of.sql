-- $1 agency_id
-- $2 entry_id
-- nullable: index
SELECT p.index, l.leaf
  FROM ledger.place p JOIN ledger.leaf l ON (l.agency_id, l.entry_id) = (p.agency_id, p.entry_id)
 WHERE p.agency_id = $1 AND p.entry_id = $2
