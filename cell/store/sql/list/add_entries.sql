-- $1 version_id
-- $2 numbers
-- $3 kinds
-- $4 values
-- $5 qualities[?]
-- $6 entries[?]
-- $7 schemes[?]
-- $8 categories[?]
-- $9 keys[?]
-- $10 notes[?]
INSERT INTO tandem.list_entry
  (version_id, number, kind, value, quality, entry, category_scheme, category, key, note)
SELECT $1, e.*
  FROM unnest($2::bigint[], $3::text[], $4::bytea[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[]) AS e
