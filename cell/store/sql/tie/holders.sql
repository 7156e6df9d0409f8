-- Everybody who holds one of these values.
-- $1 observables
SELECT v.appearance_id, v.relation, v.how, v.observable_id, v.kind, v.file, v.held_at,
       a.subject_id, a.referral_id, a.person, r.number
  FROM tandem.tie_value v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE v.observable_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY v.appearance_id, v.number
