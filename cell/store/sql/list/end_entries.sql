-- $1 version_id
-- $2 change_id
-- $3 numbers
-- $4 hows
-- $5 reasons
INSERT INTO tandem.list_entry_end (version_id, change_id, number, how, reason)
SELECT $1, $2, e.* FROM unnest($3::bigint[], $4::text[], $5::text[]) AS e
