-- Hits on entries that this change ended.
-- $1 change_id
SELECT h.hit_id, h.operation_id, h.referral_id, h.file, h.kind, h.value, h.place, h.list_id, h.version_id
  FROM tandem.list_entry_end x
  JOIN tandem.hit h ON h.agency_id = x.agency_id AND h.version_id = x.version_id AND h.number = x.number
 WHERE x.change_id = $1
