-- $1 operation_id
-- $2 referrals
-- $3 files
-- $4 kinds
-- $5 values
-- $6 places
INSERT INTO tandem.fingerprint (operation_id, referral_id, file, kind, value, place)
SELECT $1, f.referral, f.file, f.kind, f.value, f.place
  FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::bytea[], $6::text[]) AS f (referral, file, kind, value, place)
ON CONFLICT DO NOTHING
