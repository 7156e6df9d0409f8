SELECT agency_id, name, short_name, kind FROM tandem.agency ORDER BY short_name
