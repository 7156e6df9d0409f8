SELECT lane_id, name, kind, authority_id, operation_id, active FROM tandem.lane ORDER BY name
