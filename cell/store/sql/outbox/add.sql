-- $1 operation_id
-- $2 topic
-- $3 subject_id
INSERT INTO tandem.outbox (operation_id, topic, subject_id) VALUES ($1, $2, $3)
