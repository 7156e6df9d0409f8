-- Perceptual hashes of one version, in the order of the list.
-- $1 version_id
-- $2 after
-- $3 limit
SELECT number, value FROM tandem.list_entry
 WHERE version_id = $1 AND kind = 'pdq' AND number > $2 ORDER BY number LIMIT $3
