-- What stands behind this referral, and what it stands behind.
-- $1 referral_id
-- not null: direction, referral_id, number, state
SELECT i.referral_id, r.number, i.state, 'into this' AS direction
  FROM tandem.triage_item i JOIN tandem.referral r USING (agency_id, referral_id) WHERE i.merged_into = $1
UNION ALL
SELECT r.referral_id, r.number, i.state, 'this into'
  FROM tandem.triage_item i JOIN tandem.referral r ON r.agency_id = i.agency_id AND r.referral_id = i.merged_into
 WHERE i.referral_id = $1
