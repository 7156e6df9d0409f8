-- What changed since, for live updates, in an order that never runs ahead: a transaction that is still at work may
-- hold a smaller number, so the order is by transaction first and only those older than every running one are told.
-- $1 after_transaction
-- $2 after_number
-- $3 limit
-- not null: position
SELECT lpad(transaction::text, 20, '0') || '.' || lpad(number::text, 20, '0') AS position,
       agency_id, operation_id, topic, subject_id
  FROM tandem.outbox
 WHERE (transaction, number) > ($1::text::xid8, $2::bigint)
   AND transaction < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY transaction, number LIMIT $3
