-- Takes the next numbers of the agency's count; returns the last one taken. Whoever waits here goes on when the one
-- before has committed, so that a referral always sees all lower numbers: what it may belong to is never missed.
-- The shared lock tells whoever matches a new list that a reading is under way (matcher/barrier.sql).
-- $1 how_many
-- not null: last, reading
INSERT INTO tandem.referral_counter AS c (last) VALUES (1000 + $1::integer)
ON CONFLICT (agency_id) DO UPDATE SET last = c.last + $1::integer
RETURNING last, pg_advisory_xact_lock_shared(hashtextextended(c.agency_id::text, 3))::text AS reading
