-- $1 operation_id
-- $2 subjects
-- $3 versions
-- $4 appearances
-- $5 reported
-- $6 score_numbers
-- $7 priorities
-- $8 ranks
INSERT INTO tandem.subject AS s (operation_id, subject_id, version, appearances, reported, score_number, priority, rank)
SELECT $1, n.subject, n.version, n.appearances, n.reported, n.score_number, n.priority, n.rank
  FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::text[], $8::integer[])
    AS n (subject, version, appearances, reported, score_number, priority, rank)
ON CONFLICT (agency_id, subject_id) DO UPDATE
   SET version = excluded.version, appearances = excluded.appearances, reported = excluded.reported,
       score_number = excluded.score_number, priority = excluded.priority, rank = excluded.rank,
       changed_at = clock_timestamp()
