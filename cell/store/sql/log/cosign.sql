-- Enough witnesses have signed this state of the log.
-- $1 agency_id
-- $2 size
-- $3 note
UPDATE ledger.log SET cosigned_size = $2, cosigned_note = $3 WHERE agency_id = $1 AND cosigned_size <= $2
