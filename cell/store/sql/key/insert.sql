-- The keys of new records, wrapped; and which version of the operation's key wraps them, where nobody has said it yet.
-- $1 operation_id
-- $2 records
-- $3 slots
-- $4 versions
-- $5 bytes
WITH named AS (
  INSERT INTO tandem.key_slot (operation_id, slot, version)
  SELECT DISTINCT $1::uuid, k.slot, k.version FROM unnest($3::smallint[], $4::integer[]) AS k (slot, version)
   ORDER BY k.slot
  ON CONFLICT (agency_id, operation_id, slot) DO NOTHING
)
INSERT INTO tandem.record_key (operation_id, record_id, slot, version, bytes)
SELECT $1, k.record, k.slot, k.version, k.bytes
  FROM unnest($2::uuid[], $3::smallint[], $4::integer[], $5::bytea[]) AS k (record, slot, version, bytes)
ON CONFLICT (agency_id, record_id) DO NOTHING
RETURNING record_id
