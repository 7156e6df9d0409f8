-- $1 referral_id
SELECT m.mention_id, m.observable_id, o.kind, m.original_sealed, m.normal_sealed,
       o.normal_sealed AS shared_normal_sealed, m.place, m.person, m.strength,
       m.because
  FROM tandem.mention m
  JOIN tandem.observable o ON o.agency_id = m.agency_id AND o.observable_id = m.observable_id
 WHERE m.referral_id = $1 ORDER BY m.mention_id
