-- What these subjects hold that may tie them.
-- $1 subjects
SELECT v.appearance_id, v.number AS place, v.relation, v.how, v.observable_id, v.kind, v.file, v.held_at, v.written_sealed,
       a.subject_id, a.referral_id, a.person, r.number
  FROM tandem.appearance a
  JOIN tandem.tie_value v ON v.agency_id = a.agency_id AND v.appearance_id = a.appearance_id
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE a.subject_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY v.appearance_id, v.number
