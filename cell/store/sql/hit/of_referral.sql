-- Hits of a referral. A hit on a withdrawn version or entry is kept and says so.
-- $1 referral_id
-- nullable: entry, note, ended, ended_because
SELECT h.hit_id, h.file, h.kind, h.value, h.place, l.name AS list, l.publisher, v.version, v.state, v.end_reason,
       e.entry, e.note, x.how AS ended, x.reason AS ended_because, h.category_scheme, h.category, h.listed, h.distance,
       h.threshold, h.quality, h.found_at
  FROM tandem.hit h
  JOIN tandem.list l ON l.agency_id = h.agency_id AND l.list_id = h.list_id
  JOIN tandem.list_version v ON v.agency_id = h.agency_id AND v.version_id = h.version_id
  LEFT JOIN tandem.list_entry e
    ON e.agency_id = h.agency_id AND e.version_id = h.version_id AND e.number = h.number AND e.kind = h.kind
  LEFT JOIN tandem.list_entry_end x
    ON x.agency_id = h.agency_id AND x.version_id = h.version_id AND x.number = h.number
 WHERE h.referral_id = $1 ORDER BY h.file, h.kind, l.name, v.version
