-- The logs that this person may see, with the last checkpoint that was published of each.
SELECT agency_id, name, origin, size, root, note, signed_at, cosigned_size, cosigned_note FROM ledger.log ORDER BY name
