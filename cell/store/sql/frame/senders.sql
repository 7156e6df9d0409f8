SELECT sender_id, name, kind, active FROM tandem.sender ORDER BY name
