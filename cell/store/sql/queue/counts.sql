-- The tabs of the queue, counted from the indexes triage_tabs and triage_by_lot alone.
-- not null: queue, mine, held, ended, p1, p2, p3, by_lot
SELECT coalesce(sum(here) FILTER (WHERE works), 0)::bigint AS queue,
       coalesce(sum(mine), 0)::bigint AS mine,
       coalesce(sum(held) FILTER (WHERE works), 0)::bigint AS held,
       coalesce(sum(here) FILTER (WHERE NOT works), 0)::bigint AS ended,
       coalesce(sum(here) FILTER (WHERE works AND effective_priority = 'P1'), 0)::bigint AS p1,
       coalesce(sum(here) FILTER (WHERE works AND effective_priority = 'P2'), 0)::bigint AS p2,
       coalesce(sum(here) FILTER (WHERE works AND effective_priority = 'P3'), 0)::bigint AS p3,
       (SELECT count(*) FROM tandem.triage_item
         WHERE by_lot AND state IN ('open', 'taken', 'held')
           AND (held_until IS NULL OR held_until <= (SELECT clock_timestamp()))) AS by_lot
  FROM (
    SELECT state IN ('open', 'taken', 'held') AS works, effective_priority,
           count(*) FILTER (WHERE held_until IS NULL OR held_until <= (SELECT clock_timestamp())) AS here,
           count(*) FILTER (WHERE held_until > (SELECT clock_timestamp())) AS held,
           count(*) FILTER (WHERE taken_by = (SELECT gate.person())) AS mine
      FROM tandem.triage_item
     GROUP BY state, effective_priority) AS by_state
