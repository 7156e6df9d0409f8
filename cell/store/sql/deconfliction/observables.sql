-- What the operation's referrals mention, an observable once: the latest mention that this officer may open.
-- $1 kinds
-- $2 observables?
-- $3 limit
SELECT DISTINCT ON (m.observable_id) m.observable_id, o.kind, m.mention_id, m.referral_id, m.normal_sealed,
       o.normal_sealed AS shared_normal_sealed, r.number
  FROM tandem.mention m
  JOIN tandem.observable o ON o.agency_id = m.agency_id AND o.observable_id = m.observable_id
  JOIN tandem.referral r ON r.agency_id = m.agency_id AND r.referral_id = m.referral_id
 WHERE o.kind = ANY ($1::text[]) AND ($2::uuid[] IS NULL OR m.observable_id = ANY ($2))
 ORDER BY m.observable_id, m.mention_id DESC LIMIT $3
