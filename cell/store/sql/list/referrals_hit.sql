-- Referrals with a hit on any version of a list, most pressing first: how many hits, how many of them count now, and on
-- how many other lists the referral has one that counts. What the reader may not see is neither here nor counted.
-- $1 list_id
-- $2 after_priority?
-- $3 after_number?
-- $4 limit
-- not null: hits, counting, other_lists, versions
-- nullable: behind
WITH page AS MATERIALIZED (
  SELECT i.agency_id, i.referral_id, r.number, i.state, i.effective_priority, i.computed_priority, i.merged_into, x.hits,
         x.counting, x.versions
    FROM (
      SELECT h.agency_id, h.referral_id, count(*) AS hits,
             count(*) FILTER (WHERE v.state = 'current' AND (h.quality IS NULL OR h.quality >= 50)
               AND NOT EXISTS (SELECT FROM tandem.list_entry_end e WHERE e.agency_id = h.agency_id
                                AND e.version_id = h.version_id AND e.number = h.number)) AS counting,
             array_agg(DISTINCT v.version ORDER BY v.version) AS versions
        FROM tandem.list_version v
        JOIN tandem.hit h ON h.agency_id = v.agency_id AND h.version_id = v.version_id
       WHERE v.list_id = $1
       GROUP BY h.agency_id, h.referral_id) x
    JOIN tandem.triage_item i ON i.agency_id = x.agency_id AND i.referral_id = x.referral_id
    JOIN tandem.referral r ON r.agency_id = x.agency_id AND r.referral_id = x.referral_id
   WHERE $3::bigint IS NULL OR (i.effective_priority, r.number) > ($2::text, $3::bigint)
   ORDER BY i.effective_priority, r.number LIMIT $4
)
SELECT p.referral_id, p.number, p.state, p.effective_priority, p.computed_priority, p.hits, p.counting, p.versions,
       (SELECT b.number FROM tandem.referral b WHERE b.agency_id = p.agency_id AND b.referral_id = p.merged_into) AS behind,
       (SELECT count(DISTINCT o.list_id) FROM tandem.hit o
          JOIN tandem.list_version v ON v.agency_id = o.agency_id AND v.version_id = o.version_id
         WHERE o.agency_id = p.agency_id AND o.referral_id = p.referral_id AND o.list_id <> $1 AND v.state = 'current'
           AND (o.quality IS NULL OR o.quality >= 50)
           AND NOT EXISTS (SELECT FROM tandem.list_entry_end e WHERE e.agency_id = o.agency_id
                            AND e.version_id = o.version_id AND e.number = o.number)) AS other_lists
  FROM page p
 ORDER BY p.effective_priority, p.number
