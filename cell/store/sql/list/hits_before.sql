-- Referrals with hits on another version of the list that this version belongs to.
-- $1 version_id
SELECT DISTINCT h.referral_id, h.operation_id
  FROM tandem.list_version v
  JOIN tandem.list_version other
    ON other.agency_id = v.agency_id AND other.list_id = v.list_id AND other.version_id <> v.version_id
  JOIN tandem.hit h ON h.agency_id = other.agency_id AND h.version_id = other.version_id
 WHERE v.version_id = $1
