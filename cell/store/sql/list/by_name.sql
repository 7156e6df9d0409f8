-- $1 name
-- not null: latest
-- nullable: current_id, current_sha256
SELECT l.list_id, l.name, l.publisher,
       coalesce((SELECT max(version) FROM tandem.list_version v WHERE v.agency_id = l.agency_id AND v.list_id = l.list_id), 0) AS latest,
       c.version_id AS current_id, c.file_sha256 AS current_sha256
  FROM tandem.list l
  LEFT JOIN tandem.list_version c ON c.agency_id = l.agency_id AND c.list_id = l.list_id AND c.state = 'current'
 WHERE l.name = $1
