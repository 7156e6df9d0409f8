-- $1 operation_id
-- $2 release_id
-- $3 run_id
-- $4 references_sealed
-- $5 desk
INSERT INTO tandem.deconfliction_release (operation_id, release_id, run_id, state, references_sealed, desk)
VALUES ($1, $2, $3, 'proposed', $4, $5)
