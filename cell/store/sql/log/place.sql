-- Gives waiting entries the next places, in the order of their ids, which is that of time. After "turn" in the same
-- transaction, so that nobody else counts from the same place.
-- $1 agency_id
-- $2 limit
-- not null: index
WITH waiting AS MATERIALIZED (
  SELECT entry_id FROM ledger.place WHERE agency_id = $1 AND index IS NULL ORDER BY entry_id LIMIT $2
), numbered AS MATERIALIZED (
  SELECT entry_id, (SELECT coalesce(max(index) + 1, 0) FROM ledger.place WHERE agency_id = $1)
                   + row_number() OVER (ORDER BY entry_id) - 1 AS index
    FROM waiting
), placed AS (
  UPDATE ledger.place p SET index = n.index FROM numbered n
   WHERE p.agency_id = $1 AND p.entry_id = n.entry_id RETURNING p.index, p.entry_id
)
SELECT placed.index, l.leaf FROM placed JOIN ledger.leaf l ON l.agency_id = $1 AND l.entry_id = placed.entry_id
 ORDER BY placed.index
