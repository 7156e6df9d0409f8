-- Counts an opening of narrative text for the person who opens it.
-- $1 person_id
INSERT INTO tandem.exposure AS e (person_id, day, openings) VALUES ($1, (clock_timestamp() AT TIME ZONE 'UTC')::date, 1)
ON CONFLICT (agency_id, person_id, day) DO UPDATE SET openings = e.openings + 1
RETURNING openings
