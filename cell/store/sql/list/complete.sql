-- $1 version_id
-- $2 file_sha256
-- $3 records
-- $4 accepted
-- $5 remarked
-- $6 set_aside
-- $7 perceptual
UPDATE tandem.list_version
   SET state = 'current', file_sha256 = $2, records = $3, accepted = $4, remarked = $5, set_aside = $6, perceptual = $7
 WHERE version_id = $1
