-- Referrals that stand behind each of these, folded by a rule or merged by an officer, at any depth. Viral copies
-- that the rule folded are only counted: they say nothing new. What an officer merged speaks, viral or not.
-- $1 referrals
-- not null: bundle_id, referral_id
WITH RECURSIVE behind AS (
  SELECT i.agency_id, i.merged_into AS bundle_id, i.referral_id, i.state, 1 AS depth
    FROM tandem.triage_item i WHERE i.merged_into = ANY ($1::uuid[])
  UNION ALL
  SELECT i.agency_id, b.bundle_id, i.referral_id, i.state, b.depth + 1
    FROM behind b JOIN tandem.triage_item i ON i.agency_id = b.agency_id AND i.merged_into = b.referral_id
   WHERE b.depth < 20
)
SELECT b.bundle_id, b.referral_id FROM behind b
 WHERE b.state <> 'folded'
    OR NOT EXISTS (SELECT FROM tandem.relation r
                       WHERE r.agency_id = b.agency_id AND r.from_id = b.referral_id AND r.kind = 'viral copy')
