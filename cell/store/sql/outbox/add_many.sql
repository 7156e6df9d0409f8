-- $1 topic
-- $2 operations
-- $3 subjects
INSERT INTO tandem.outbox (operation_id, topic, subject_id)
SELECT o.operation, $1, o.subject FROM unnest($2::uuid[], $3::uuid[]) AS o (operation, subject)
