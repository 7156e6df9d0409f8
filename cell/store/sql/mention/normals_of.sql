-- One mention of each of these values that this person may see, for its normal form.
-- $1 observables
-- nullable: normal_sealed, shared_normal_sealed
SELECT DISTINCT ON (m.observable_id) m.observable_id, o.kind, m.referral_id, m.mention_id, m.normal_sealed,
       o.normal_sealed AS shared_normal_sealed
  FROM tandem.mention m
  JOIN tandem.observable o ON o.agency_id = m.agency_id AND o.observable_id = m.observable_id
  JOIN tandem.appearance a ON a.agency_id = m.agency_id AND a.referral_id = m.referral_id AND a.erased_at IS NULL
 WHERE m.observable_id = ANY ($1::uuid[])
 ORDER BY m.observable_id, m.mention_id
