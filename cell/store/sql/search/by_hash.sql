-- $1 kind
-- $2 value
SELECT DISTINCT r.referral_id, r.number, i.state, i.effective_priority, s.name AS sender, r.received_at
  FROM tandem.fingerprint f
  JOIN tandem.referral r ON r.agency_id = f.agency_id AND r.referral_id = f.referral_id
  JOIN tandem.triage_item i ON i.agency_id = r.agency_id AND i.referral_id = r.referral_id
  JOIN tandem.sender s ON s.agency_id = r.agency_id AND s.sender_id = r.sender_id
 WHERE f.kind = $1 AND f.value = $2
 ORDER BY r.number DESC LIMIT 200
