-- $1 version_id
-- $2 numbers
-- $3 kinds
-- $4 values
-- $5 entries[?]
-- $6 schemes[?]
-- $7 categories[?]
INSERT INTO tandem.list_entry (version_id, number, kind, value, entry, category_scheme, category)
SELECT $1, e.* FROM unnest($2::bigint[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::text[]) AS e
