SELECT operation_id, name, kind FROM tandem.operation WHERE closed_at IS NULL ORDER BY kind, name
