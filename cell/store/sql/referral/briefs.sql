-- $1 referrals
SELECT r.referral_id, r.number, r.received_at, r.incident_at, r.incident_kind, s.name AS sender, i.state, i.effective_priority
  FROM tandem.referral r
  JOIN tandem.sender s ON s.agency_id = r.agency_id AND s.sender_id = r.sender_id
  JOIN tandem.triage_item i ON i.agency_id = r.agency_id AND i.referral_id = r.referral_id
 WHERE r.referral_id = ANY ($1::uuid[]) ORDER BY r.number
