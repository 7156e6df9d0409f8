-- Openings that this person may read, newest first, each with its leaf and the leaf's place in the log.
-- $1 before_at?
-- $2 before_id?
-- $3 referral?
-- $4 limit
-- nullable: place
SELECT o.entry_id, o.agency_id, o.salt, o.person_id, o.verb, o.object, o.at, o.authority_id, o.purpose_id, l.leaf,
       p.index AS place
  FROM ledger.opening o JOIN ledger.leaf l USING (agency_id, entry_id) LEFT JOIN ledger.place p USING (agency_id, entry_id)
 WHERE ($2::uuid IS NULL OR (o.at, o.entry_id) < ($1::timestamptz, $2::uuid))
   AND ($3::text IS NULL OR o.object ->> 'referral' = $3 OR o.object -> 'referrals' ? $3)
 ORDER BY o.at DESC, o.entry_id DESC LIMIT $4
