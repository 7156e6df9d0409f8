-- $1 operation_id
-- $2 topic
-- $3 subjects
INSERT INTO tandem.outbox (operation_id, topic, subject_id) SELECT $1, $2, s FROM unnest($3::uuid[]) AS s
