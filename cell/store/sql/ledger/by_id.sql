-- Leaves with their places, and with what this person may read of their openings.
-- $1 agencies
-- $2 entry_ids
-- nullable: place, salt, person_id, verb, object, at, authority_id, purpose_id
SELECT l.agency_id, l.entry_id, l.leaf, p.index AS place,
       o.salt, o.person_id, o.verb, o.object, o.at, o.authority_id, o.purpose_id
  FROM ledger.leaf l
  LEFT JOIN ledger.place p USING (agency_id, entry_id)
  LEFT JOIN ledger.opening o USING (agency_id, entry_id)
 WHERE l.agency_id = ANY ($1::uuid[]) AND l.entry_id = ANY ($2::uuid[])
 ORDER BY p.index, l.entry_id
