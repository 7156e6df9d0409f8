-- $1 api_key
-- not null: agency_id, sender_id, lane_id
SELECT agency_id, sender_id, lane_id FROM gate.sender_of($1)
