-- Hits of referrals that count: on the version of the list that is in force, on an entry that stands, and by a hash that is reliable.
-- $1 referrals
SELECT h.referral_id, h.file, h.kind, h.value, h.place, h.list_id, l.name AS list, v.version, h.category_scheme, h.category
  FROM tandem.hit h
  JOIN tandem.list l ON l.agency_id = h.agency_id AND l.list_id = h.list_id
  JOIN tandem.list_version v ON v.agency_id = h.agency_id AND v.version_id = h.version_id
 WHERE h.referral_id = ANY ($1::uuid[]) AND v.state = 'current'
   AND NOT EXISTS (SELECT FROM tandem.list_entry_end x
                    WHERE x.agency_id = h.agency_id AND x.version_id = h.version_id AND x.number = h.number)
   AND (h.quality IS NULL OR h.quality >= 50)
 ORDER BY h.file, l.name, v.version
