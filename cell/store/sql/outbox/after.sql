-- What changed since, for live updates. A change has its place only once it is committed, and places are given one
-- turn at a time: whoever has seen a place has seen every place before it.
-- $1 after
-- $2 limit
-- not null: position
SELECT lpad(position::text, 20, '0') AS position, agency_id, operation_id, topic, subject_id
  FROM tandem.outbox
 WHERE position > $1::text::bigint
 ORDER BY outbox.position LIMIT $2
