-- Everything that is observed in the operation at work, page by page. People without values fill no page: an empty one is the
-- end.
-- $1 after
-- $2 limit
SELECT v.appearance_id, v.observable_id, v.kind
  FROM tandem.appearance_value v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
 WHERE v.appearance_id IN (
   SELECT x.appearance_id FROM tandem.appearance x
    WHERE x.appearance_id > $1 AND x.erased_at IS NULL
      AND EXISTS (SELECT FROM tandem.appearance_value y
                   WHERE y.agency_id = x.agency_id AND y.appearance_id = x.appearance_id)
    ORDER BY x.agency_id, x.appearance_id LIMIT $2)
 ORDER BY v.appearance_id
