-- The digests that stand beside these, wherever they are held: they name the same files.
-- $1 observables
SELECT DISTINCT s.observable_id
  FROM tandem.tie_value v
  JOIN tandem.tie_value s ON s.agency_id = v.agency_id AND s.appearance_id = v.appearance_id AND s.file = v.file
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
 WHERE v.observable_id = ANY ($1::uuid[]) AND s.observable_id <> ALL ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY s.observable_id
