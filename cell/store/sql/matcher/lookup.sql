-- Which entries of current lists have these values.
-- $1 kinds
-- $2 values
-- not null: kind, value, list_id, list, version_id, version, number
-- nullable: category_scheme, category, quality
SELECT e.kind, e.value, v.list_id, v.list, e.version_id, v.version, e.number, e.category_scheme, e.category, e.quality
  FROM unnest($1::text[], $2::bytea[]) AS wanted (kind, value)
  JOIN LATERAL (
    SELECT x.agency_id, x.kind, x.value, x.version_id, x.number, x.category_scheme, x.category, x.quality
      FROM tandem.list_entry x WHERE x.kind = wanted.kind AND x.value = wanted.value OFFSET 0) e ON true
  JOIN LATERAL (
    SELECT y.list_id, y.version, l.name AS list
      FROM tandem.list_version y JOIN tandem.list l ON l.agency_id = y.agency_id AND l.list_id = y.list_id
     WHERE y.agency_id = e.agency_id AND y.version_id = e.version_id AND y.state = 'current' OFFSET 0) v ON true
 WHERE NOT EXISTS (SELECT FROM tandem.list_entry_end x
                    WHERE x.agency_id = e.agency_id AND x.version_id = e.version_id AND x.number = e.number)
