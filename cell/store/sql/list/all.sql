-- not null: hits
SELECT l.list_id, l.name, l.publisher, v.version_id, v.version, v.state, v.format, v.file_sha256, v.records, v.accepted,
       v.remarked, v.set_aside, v.loaded_at, v.loaded_by, v.ended_at, v.end_reason,
       (SELECT count(*) FROM tandem.hit h WHERE h.agency_id = v.agency_id AND h.version_id = v.version_id) AS hits
  FROM tandem.list l JOIN tandem.list_version v USING (agency_id, list_id)
 ORDER BY l.name, v.version DESC
