-- $1 lookup_id
-- $2 state
-- $3 held?
-- $4 outcome?
UPDATE tandem.lookup SET state = $2, held = $3, outcome = $4::text::jsonb, ended_at = clock_timestamp()
 WHERE lookup_id = $1 AND state = 'asked'
RETURNING lookup_id
