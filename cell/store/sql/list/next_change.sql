-- Where the next change of a version begins, and what it is called.
-- $1 version_id
-- not null: first, number, perceptual, format
-- nullable: key
SELECT coalesce((SELECT max(e.number) FROM tandem.list_entry e
                  WHERE e.agency_id = v.agency_id AND e.version_id = v.version_id), -1) + 1 AS first,
       coalesce((SELECT max(c.number) FROM tandem.list_change c
                  WHERE c.agency_id = v.agency_id AND c.version_id = v.version_id), 0) + 1 AS number,
       v.perceptual, v.format,
       (SELECT e.key FROM tandem.list_entry e
         WHERE e.agency_id = v.agency_id AND e.version_id = v.version_id ORDER BY e.number LIMIT 1) AS key
  FROM tandem.list_version v WHERE v.version_id = $1
