-- $1 attributions
SELECT e.error_id, e.attribution_id, e.grading, e.error_sealed, e.opened_by, e.opened_at
  FROM tandem.attribution_error e WHERE e.attribution_id = ANY ($1::uuid[]) ORDER BY e.opened_at, e.error_id
