-- $1 change_id
-- not null: perceptual
SELECT c.version_id, c.number, c.first,
       EXISTS (SELECT FROM tandem.list_entry e WHERE e.agency_id = c.agency_id AND e.version_id = c.version_id
                  AND e.kind = 'pdq' AND e.number >= c.first) AS perceptual
  FROM tandem.list_change c WHERE c.change_id = $1
