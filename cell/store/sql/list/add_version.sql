-- Seen by nobody before the commit; completed when the last entry is in.
-- $1 list_id
-- $2 version_id
-- $3 version
-- $4 format
INSERT INTO tandem.list_version (list_id, version_id, version, format, file_sha256, state, records, accepted, remarked, set_aside)
VALUES ($1, $2, $3, $4, '', 'replaced', 0, 0, 0, 0)
