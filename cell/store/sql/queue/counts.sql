-- not null: queue, mine, held, ended, p1, p2, p3
SELECT count(*) FILTER (WHERE state <> 'held' OR held_until <= clock_timestamp()) AS queue,
       count(*) FILTER (WHERE state = 'taken' AND taken_by = (SELECT gate.person())) AS mine,
       count(*) FILTER (WHERE state = 'held' AND held_until > clock_timestamp()) AS held,
       (SELECT count(*) FROM tandem.triage_item WHERE state IN ('merged', 'declined', 'closed', 'folded')) AS ended,
       count(*) FILTER (WHERE effective_priority = 'P1' AND (state <> 'held' OR held_until <= clock_timestamp())) AS p1,
       count(*) FILTER (WHERE effective_priority = 'P2' AND (state <> 'held' OR held_until <= clock_timestamp())) AS p2,
       count(*) FILTER (WHERE effective_priority = 'P3' AND (state <> 'held' OR held_until <= clock_timestamp())) AS p3
  FROM tandem.triage_item WHERE state IN ('open', 'taken', 'held')
