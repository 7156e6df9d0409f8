-- The entries that the index in memory points to, as far as their version is in force.
-- $1 versions
-- $2 numbers
-- not null: kind, value, list_id, list, version_id, version, number
-- nullable: category_scheme, category, quality
SELECT e.kind, e.value, v.list_id, l.name AS list, e.version_id, v.version, e.number, e.category_scheme, e.category,
       e.quality
  FROM (SELECT DISTINCT version, number FROM unnest($1::uuid[], $2::bigint[]) AS u (version, number)) AS wanted
  JOIN tandem.list_entry e ON e.version_id = wanted.version AND e.number = wanted.number AND e.kind = 'pdq'
  JOIN tandem.list_version v ON v.agency_id = e.agency_id AND v.version_id = e.version_id AND v.state = 'current'
  JOIN tandem.list l ON l.agency_id = v.agency_id AND l.list_id = v.list_id
 WHERE NOT EXISTS (SELECT FROM tandem.list_entry_end x
                    WHERE x.agency_id = e.agency_id AND x.version_id = e.version_id AND x.number = e.number)
