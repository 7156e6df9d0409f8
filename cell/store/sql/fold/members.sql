-- Referrals that stand behind this one: folded by a rule or merged by an officer, at any depth.
-- $1 referral_id
-- not null: referral_id, number
WITH RECURSIVE behind AS (
  SELECT i.agency_id, i.referral_id, 1 AS depth FROM tandem.triage_item i WHERE i.merged_into = $1
  UNION ALL
  SELECT i.agency_id, i.referral_id, b.depth + 1
    FROM behind b JOIN tandem.triage_item i ON i.agency_id = b.agency_id AND i.merged_into = b.referral_id
   WHERE b.depth < 20
)
SELECT r.referral_id, r.number FROM behind b JOIN tandem.referral r USING (agency_id, referral_id)
 ORDER BY r.number
