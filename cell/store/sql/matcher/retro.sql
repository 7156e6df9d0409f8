-- Files of referrals held whose exact digest is on this version of a list and have no standing hit on it yet.
-- $1 version_id
-- $2 first
-- $3 limit
SELECT f.operation_id, f.referral_id, f.file, f.kind, f.value, f.place, v.list_id, e.number, e.category_scheme, e.category
  FROM tandem.list_entry e
  JOIN tandem.list_version v ON v.agency_id = e.agency_id AND v.version_id = e.version_id AND v.state = 'current'
  JOIN tandem.fingerprint f ON f.agency_id = e.agency_id AND f.kind = e.kind AND f.value = e.value
 WHERE e.version_id = $1 AND e.number >= $2 AND e.kind <> 'pdq'
   AND NOT EXISTS (SELECT FROM tandem.list_entry_end x
                    WHERE x.agency_id = e.agency_id AND x.version_id = e.version_id AND x.number = e.number)
   AND NOT EXISTS (SELECT FROM tandem.list_entry same WHERE same.agency_id = e.agency_id AND same.kind = e.kind
                      AND same.value = e.value AND same.version_id = e.version_id AND same.number < e.number
                      AND NOT EXISTS (SELECT FROM tandem.list_entry_end y WHERE y.agency_id = same.agency_id
                                         AND y.version_id = same.version_id AND y.number = same.number))
   AND NOT EXISTS (SELECT FROM tandem.hit h WHERE h.agency_id = f.agency_id AND h.referral_id = f.referral_id
                      AND h.file = f.file AND h.kind = f.kind AND h.version_id = e.version_id AND h.number = e.number)
 LIMIT $3
