-- $1 referrals
SELECT r.referral_id, r.operation_id, r.number, r.record_sealed, r.received_at, s.name AS sender
  FROM tandem.referral r JOIN tandem.sender s ON s.agency_id = r.agency_id AND s.sender_id = r.sender_id
 WHERE r.referral_id = ANY ($1::uuid[]) ORDER BY r.number
