-- How many subjects hold each of these values.
-- $1 observables
-- not null: observable_id, relation, subjects
SELECT v.observable_id, v.relation, count(DISTINCT a.subject_id)::integer AS subjects
  FROM tandem.tie_value v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
 WHERE v.observable_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 GROUP BY v.observable_id, v.relation
