-- The database checks at the commit that no key of the slot was left behind under the old version.
-- $1 agency_id
-- $2 operation_id
-- $3 slot
-- $4 version
-- $5 records
-- $6 bytes
-- $7 gone
WITH named AS (
  UPDATE tandem.key_slot SET version = $4 WHERE agency_id = $1 AND operation_id = $2 AND slot = $3
), erased AS (
  UPDATE tandem.record_key SET bytes = NULL, version = NULL, erased_at = clock_timestamp()
   WHERE agency_id = $1 AND record_id = ANY ($7::uuid[]) AND bytes IS NOT NULL
)
UPDATE tandem.record_key k SET bytes = n.bytes, version = $4
  FROM unnest($5::uuid[], $6::bytea[]) AS n (record_id, bytes)
 WHERE k.agency_id = $1 AND k.record_id = n.record_id
