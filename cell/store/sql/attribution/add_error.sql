-- $1 operation_id
-- $2 error_id
-- $3 attribution_id
-- $4 grading
-- $5 error_sealed
INSERT INTO tandem.attribution_error (operation_id, error_id, attribution_id, grading, error_sealed)
VALUES ($1, $2, $3, $4, $5)
