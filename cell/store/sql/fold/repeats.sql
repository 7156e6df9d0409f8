-- How many other referrals name the same account of a reported person; of each account fifty are counted at most.
-- $1 referrals
-- not null: referral_id, others
SELECT own.referral_id, count(DISTINCT other.referral_id) AS others
  FROM (
    SELECT DISTINCT m.agency_id, wanted.referral_id, m.observable_id
      FROM unnest($1::uuid[]) AS wanted (referral_id)
      JOIN LATERAL (
        SELECT x.agency_id, x.observable_id FROM tandem.mention x
         WHERE x.referral_id = wanted.referral_id AND x.person_role = 'reported' AND x.strength <> 'weak' OFFSET 0) m ON true
      JOIN LATERAL (
        SELECT o.kind FROM tandem.observable o
         WHERE o.agency_id = m.agency_id AND o.observable_id = m.observable_id OFFSET 0) o
        ON o.kind IN ('account', 'email', 'phone')) own
  JOIN LATERAL (
    SELECT x.referral_id FROM tandem.mention x
     WHERE x.agency_id = own.agency_id AND x.observable_id = own.observable_id
       AND x.person_role = 'reported' AND x.referral_id <> own.referral_id
     ORDER BY x.agency_id DESC, x.observable_id DESC, x.referral_id DESC LIMIT 50) other ON true
 GROUP BY 1
