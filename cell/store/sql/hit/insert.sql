-- $1 operation_id
-- $2 ids
-- $3 referrals
-- $4 files
-- $5 kinds
-- $6 values
-- $7 places
-- $8 lists
-- $9 versions
-- $10 numbers
-- $11 schemes[?]
-- $12 categories[?]
-- $13 listed
-- $14 distances
-- $15 thresholds
-- $16 qualities[?]
INSERT INTO tandem.hit (operation_id, hit_id, referral_id, file, kind, value, place, list_id, version_id, number,
                        category_scheme, category, listed, distance, threshold, quality)
SELECT $1, h.*
  FROM unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::bytea[], $7::text[], $8::uuid[], $9::uuid[],
              $10::bigint[], $11::text[], $12::text[], $13::bytea[], $14::integer[], $15::integer[],
              $16::integer[]) AS h
ON CONFLICT DO NOTHING
