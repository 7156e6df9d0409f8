-- How many other referrals name the same account of a reported person.
-- $1 referral_id
-- not null: others
SELECT count(DISTINCT o.referral_id) AS others
  FROM tandem.mention m
  JOIN tandem.mention o ON o.agency_id = m.agency_id AND o.observable_id = m.observable_id
   AND o.referral_id <> m.referral_id AND o.person_role = 'reported'
  JOIN tandem.observable x ON x.agency_id = m.agency_id AND x.observable_id = m.observable_id
 WHERE m.referral_id = $1 AND m.person_role = 'reported' AND m.strength <> 'weak' AND x.kind IN ('account', 'email', 'phone')
