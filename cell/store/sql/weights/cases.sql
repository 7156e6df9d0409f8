-- The head of the open queue in its order, with the facts of the latest scores.
-- $1 limit
-- not null: facts
WITH page AS MATERIALIZED (
  SELECT i.* FROM tandem.triage_item i
   WHERE i.state IN ('open', 'taken', 'held')
   ORDER BY i.effective_priority, i.act_by, -i.child_urgency, -i.offender_danger, i.received_at, i.referral_id
   LIMIT $1
)
SELECT i.referral_id, r.number, i.effective_priority, i.received_at, t.facts
  FROM page i
  JOIN tandem.referral r ON r.agency_id = i.agency_id AND r.referral_id = i.referral_id
  JOIN LATERAL (SELECT x.facts FROM tandem.triage_score x
                 WHERE x.agency_id = i.agency_id AND x.referral_id = i.referral_id ORDER BY x.number DESC LIMIT 1) t ON true
 ORDER BY i.effective_priority, i.act_by, -i.child_urgency, -i.offender_danger, i.received_at, i.referral_id
