SELECT person_id, display_name, role, active FROM tandem.person ORDER BY display_name, person_id
