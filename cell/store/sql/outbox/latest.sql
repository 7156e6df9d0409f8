-- The position of the newest change that may be told.
-- not null: position
SELECT lpad(transaction::text, 20, '0') || '.' || lpad(number::text, 20, '0') AS position
  FROM tandem.outbox
 WHERE transaction < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY transaction DESC, number DESC LIMIT 1
