-- Takes the next numbers of the agency's count; returns the last one taken. Whoever waits here goes on when the one
-- before has committed, so that a referral always sees all lower numbers: what it may belong to is never missed.
-- $1 how_many
-- not null: last
INSERT INTO tandem.referral_counter AS c (last) VALUES (1000 + $1::integer)
ON CONFLICT (agency_id) DO UPDATE SET last = c.last + $1::integer
RETURNING last
