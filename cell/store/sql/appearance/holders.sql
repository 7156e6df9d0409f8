-- By how many appearances each value is named, those of these referrals apart.
-- $1 observables
-- $2 referrals
-- not null: observable_id, kind, before, now
SELECT v.observable_id, min(v.kind) AS kind,
       count(DISTINCT v.appearance_id) FILTER (WHERE a.referral_id <> ALL ($2::uuid[]))::integer AS before,
       count(DISTINCT v.appearance_id)::integer AS now
  FROM tandem.appearance_value v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
 WHERE v.observable_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 GROUP BY v.observable_id
