-- The latest of each name.
-- not null: saved_by
SELECT DISTINCT ON (name) name, version, profile, saved_at, saved_by
  FROM tandem.list_profile ORDER BY name, version DESC
