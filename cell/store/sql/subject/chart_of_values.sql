-- Whom these values are told of.
-- $1 observables
SELECT DISTINCT v.observable_id, v.kind, a.subject_id
  FROM tandem.appearance_value v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
 WHERE v.observable_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY v.observable_id, a.subject_id
