-- The other side has answered with the desks that hold the interest.
-- $1 release_id
-- $2 digest
-- $3 pointers
UPDATE tandem.deconfliction_release SET state = 'sent', digest = $2, pointers = $3::text::jsonb
 WHERE release_id = $1 AND state = 'approved'
