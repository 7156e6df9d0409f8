-- Referrals that a rule folded or an officer merged into this one.
-- $1 referral_id
SELECT i.referral_id, r.number FROM tandem.triage_item i JOIN tandem.referral r USING (agency_id, referral_id)
 WHERE i.merged_into = $1 ORDER BY r.number LIMIT 100
