-- One mention of each of these values in these referrals, for its normal form.
-- $1 referrals
-- $2 observables
-- nullable: normal_sealed, shared_normal_sealed
SELECT DISTINCT ON (m.observable_id) m.observable_id, o.kind, m.referral_id, m.mention_id, m.normal_sealed,
       o.normal_sealed AS shared_normal_sealed
  FROM tandem.mention m
  JOIN tandem.observable o ON o.agency_id = m.agency_id AND o.observable_id = m.observable_id
 WHERE m.referral_id = ANY ($1::uuid[]) AND m.observable_id = ANY ($2::uuid[])
 ORDER BY m.observable_id, m.mention_id
