-- Entries of a log in their order, from a place on. The leaf is null where somebody has taken it away.
-- $1 agency_id
-- $2 from_index
-- $3 limit
-- not null: index
-- nullable: leaf
SELECT p.index, p.entry_id, l.leaf
  FROM ledger.place p LEFT JOIN ledger.leaf l ON (l.agency_id, l.entry_id) = (p.agency_id, p.entry_id)
 WHERE p.agency_id = $1 AND p.index >= $2 ORDER BY p.index LIMIT $3
