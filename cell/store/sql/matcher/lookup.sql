-- Which entries of current lists have these values.
-- $1 kinds
-- $2 values
SELECT e.kind, e.value, v.list_id, l.name AS list, v.version_id, v.version, e.number, e.category_scheme, e.category
  FROM unnest($1::text[], $2::bytea[]) AS wanted (kind, value)
  JOIN tandem.list_entry e ON e.kind = wanted.kind AND e.value = wanted.value
  JOIN tandem.list_version v ON v.agency_id = e.agency_id AND v.version_id = e.version_id AND v.state = 'current'
  JOIN tandem.list l ON l.agency_id = v.agency_id AND l.list_id = v.list_id
