-- What changed since, for live updates. Rows of transactions still running are left for the next look, so that
-- none is passed over.
-- $1 after
-- $2 limit
SELECT number, agency_id, operation_id, topic, subject_id
  FROM tandem.outbox
 WHERE number > $1 AND transaction < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY number LIMIT $2
