-- $1 version_id
-- $2 perceptual
UPDATE tandem.list_version SET perceptual = $2 WHERE version_id = $1
