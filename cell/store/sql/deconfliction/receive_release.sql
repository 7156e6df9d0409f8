-- No row where the same release came before.
-- $1 operation_id
-- $2 release_id
-- $3 run_id
-- $4 references_sealed
-- $5 desk
-- $6 digest
-- $7 pointers
-- $8 alarms
INSERT INTO tandem.deconfliction_release (operation_id, release_id, run_id, state, references_sealed, desk, digest, pointers, alarms)
VALUES ($1, $2, $3, 'received', $4, $5, $6, $7::text::jsonb, $8::text::jsonb)
ON CONFLICT (agency_id, digest) DO NOTHING
RETURNING release_id
