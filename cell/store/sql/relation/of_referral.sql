-- $1 referral_id
SELECT r.from_id, r.to_id, r.kind, r.because, f.number AS from_number, t.number AS to_number
  FROM tandem.relation r
  JOIN tandem.referral f ON f.agency_id = r.agency_id AND f.referral_id = r.from_id
  JOIN tandem.referral t ON t.agency_id = r.agency_id AND t.referral_id = r.to_id
 WHERE r.from_id = $1 OR r.to_id = $1 ORDER BY r.found_at, r.to_id
