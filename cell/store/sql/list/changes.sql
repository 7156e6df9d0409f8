-- Changes of the versions of all lists, oldest first.
-- not null: loaded_by
-- nullable: format, file_sha256
SELECT version_id, number, format, file_sha256, records, accepted, remarked, set_aside, added, withdrawn, replaced,
       loaded_at, loaded_by
  FROM tandem.list_change ORDER BY version_id, number
