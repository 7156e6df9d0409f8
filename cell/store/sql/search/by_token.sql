-- $1 kinds
-- $2 tokens
SELECT DISTINCT r.referral_id, r.number, i.state, i.effective_priority, s.name AS sender, r.received_at, o.kind
  FROM tandem.observable o
  JOIN unnest($1::text[], $2::bytea[]) AS wanted (kind, token) ON o.kind = wanted.kind AND o.token = wanted.token
  JOIN tandem.mention m ON m.agency_id = o.agency_id AND m.observable_id = o.observable_id
  JOIN tandem.referral r ON r.agency_id = m.agency_id AND r.referral_id = m.referral_id
  JOIN tandem.triage_item i ON i.agency_id = r.agency_id AND i.referral_id = r.referral_id
  JOIN tandem.sender s ON s.agency_id = r.agency_id AND s.sender_id = r.sender_id
 ORDER BY r.number DESC LIMIT 200
