-- $1 change_id
-- $2 version_id
-- $3 number
-- $4 format?
-- $5 file_sha256?
-- $6 records
-- $7 accepted
-- $8 remarked
-- $9 set_aside
-- $10 first
-- $11 added
-- $12 withdrawn
-- $13 replaced
INSERT INTO tandem.list_change
  (change_id, version_id, number, format, file_sha256, records, accepted, remarked, set_aside, first, added, withdrawn,
   replaced)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
