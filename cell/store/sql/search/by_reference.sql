-- $1 number?
-- $2 reference
SELECT r.referral_id, r.number, i.state, i.effective_priority, s.name AS sender, r.received_at
  FROM tandem.referral r
  JOIN tandem.triage_item i ON i.agency_id = r.agency_id AND i.referral_id = r.referral_id
  JOIN tandem.sender s ON s.agency_id = r.agency_id AND s.sender_id = r.sender_id
 WHERE r.number = $1 OR r.reference = $2
 ORDER BY r.number DESC LIMIT 200
