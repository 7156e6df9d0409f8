-- $1 version_id
-- $2 file_sha256
SELECT number FROM tandem.list_change WHERE version_id = $1 AND file_sha256 = $2
