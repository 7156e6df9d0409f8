-- $1 referral_id
SELECT r.referral_id, r.operation_id, r.number, r.place, r.format, r.reference,
       r.record_sealed, d.delivery_id, d.received_at, d.original_sha256, d.original_length, d.stripped,
       l.name AS lane, s.name AS sender, a.act, a.section
  FROM tandem.referral r
  JOIN tandem.delivery d ON d.agency_id = r.agency_id AND d.delivery_id = r.delivery_id
  JOIN tandem.lane l ON l.agency_id = d.agency_id AND l.lane_id = d.lane_id
  JOIN tandem.authority a ON a.agency_id = d.agency_id AND a.authority_id = d.authority_id
  JOIN tandem.sender s ON s.agency_id = r.agency_id AND s.sender_id = r.sender_id
 WHERE r.referral_id = $1
