-- Versions in force, for the index in memory: what it lacks it reads, what is not named here it drops.
SELECT version_id FROM tandem.list_version WHERE state = 'current'
