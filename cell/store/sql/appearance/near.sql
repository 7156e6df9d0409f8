-- What hangs together with anybody who has one of these values.
-- $1 observables
SELECT DISTINCT a.component_id
  FROM tandem.appearance_value v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
 WHERE v.observable_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
