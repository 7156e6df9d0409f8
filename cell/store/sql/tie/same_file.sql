-- The digests that stand beside one, wherever it is held: they name the same file.
-- $1 observable_id
SELECT DISTINCT s.observable_id
  FROM tandem.tie_value v
  JOIN tandem.tie_value s ON s.agency_id = v.agency_id AND s.appearance_id = v.appearance_id AND s.file = v.file
 WHERE v.observable_id = $1 AND s.observable_id <> $1
 ORDER BY s.observable_id
