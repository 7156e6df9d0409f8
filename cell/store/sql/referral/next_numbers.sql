-- Takes the next numbers of the agency's count; returns the last one taken.
-- $1 how_many
-- not null: last
INSERT INTO tandem.referral_counter AS c (last) VALUES (1000 + $1::integer)
ON CONFLICT (agency_id) DO UPDATE SET last = c.last + $1::integer
RETURNING last
