-- What stands in a version under these keys.
-- $1 version_id
-- $2 keys
-- not null: key
-- nullable: quality, category_scheme, category, note
SELECT e.key, e.number, e.kind, e.value, e.quality, e.category_scheme, e.category, e.note
  FROM tandem.list_entry e
 WHERE e.version_id = $1 AND e.key = ANY ($2::text[])
   AND NOT EXISTS (SELECT FROM tandem.list_entry_end x
                    WHERE x.agency_id = e.agency_id AND x.version_id = e.version_id AND x.number = e.number)
