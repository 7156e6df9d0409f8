-- not null: agency_id, agency, lane_id, kind
SELECT agency_id, agency, lane_id, kind FROM gate.lanes()
