-- $1 release_id
SELECT r.release_id, r.operation_id, r.run_id, r.state, r.references_sealed, r.desk, r.made_by, r.made_at, r.decided_by,
       r.decided_at, d.peer, d.run
  FROM tandem.deconfliction_release r
  JOIN tandem.deconfliction d ON d.agency_id = r.agency_id AND d.run_id = r.run_id
 WHERE r.release_id = $1 FOR UPDATE OF r
