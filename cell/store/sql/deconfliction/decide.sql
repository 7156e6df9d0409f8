-- A person decides: the second one of the side that asks, or the one who answers for the other side.
-- $1 run_id
-- $2 state
-- $3 decision_sealed
-- $4 job_id?
-- $5 entries?
-- $6 entries_sealed?
-- $7 desk?
UPDATE tandem.deconfliction
   SET state = $2, decided_by = (gate.acting()).person_id, decided_at = clock_timestamp(), decision_sealed = $3, job_id = $4,
       entries = coalesce($5, entries), entries_sealed = coalesce($6, entries_sealed), desk = coalesce($7, desk)
 WHERE run_id = $1 AND state IN ('proposed', 'received') AND decided_by IS NULL
RETURNING decided_at
