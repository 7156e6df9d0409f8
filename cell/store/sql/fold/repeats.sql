-- How many other referrals name the same account of a reported person; of each account fifty are counted at most.
-- $1 referrals
-- not null: referral_id, others
WITH own AS MATERIALIZED (
  SELECT DISTINCT m.agency_id, m.referral_id, m.observable_id
    FROM tandem.mention m
    JOIN tandem.observable o ON o.agency_id = m.agency_id AND o.observable_id = m.observable_id
   WHERE m.referral_id = ANY ($1::uuid[]) AND m.person_role = 'reported' AND m.strength <> 'weak'
     AND o.kind IN ('account', 'email', 'phone')
)
SELECT own.referral_id, count(DISTINCT other.referral_id) AS others
  FROM own JOIN LATERAL (
    SELECT x.referral_id FROM tandem.mention x
     WHERE x.agency_id = own.agency_id AND x.observable_id = own.observable_id
       AND x.person_role = 'reported' AND x.referral_id <> own.referral_id
     ORDER BY x.agency_id DESC, x.observable_id DESC, x.referral_id DESC LIMIT 50) other ON true
 GROUP BY 1
