-- One after the other in an operation: who comes second sees what the first made of it.
-- not null: mine
SELECT pg_advisory_xact_lock(hashtextextended((gate.acting()).operation_id::text, 4)) IS NOT NULL AS mine
