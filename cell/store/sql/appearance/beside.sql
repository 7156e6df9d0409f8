-- Appearances of other components that have one of these values.
-- $1 observables
-- $2 component
-- not null: component_id, appearances
SELECT a.component_id, count(*)::integer AS appearances
  FROM tandem.appearance a
 WHERE a.erased_at IS NULL AND a.component_id <> $2
   AND a.component_id IN (SELECT o.component_id
                            FROM tandem.appearance_value v
                            JOIN tandem.appearance o ON o.agency_id = v.agency_id AND o.appearance_id = v.appearance_id
                           WHERE v.observable_id = ANY ($1::uuid[]) AND o.erased_at IS NULL)
 GROUP BY a.component_id
