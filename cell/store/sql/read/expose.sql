-- Counts openings of narrative text for the person who opens them.
-- $1 person_id
-- $2 openings
INSERT INTO tandem.exposure AS e (person_id, day, openings) VALUES ($1, (clock_timestamp() AT TIME ZONE 'UTC')::date, $2::integer)
ON CONFLICT (agency_id, person_id, day) DO UPDATE SET openings = e.openings + excluded.openings
RETURNING openings
