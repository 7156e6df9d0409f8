-- Every log of the cell with its last published checkpoint.
SELECT agency_id, name, origin, size, root, note, signed_at, cosigned_size, cosigned_note FROM ledger.log ORDER BY name
