-- $1 records
SELECT record_id, operation_id, slot, version, bytes FROM tandem.record_key WHERE record_id = ANY ($1::uuid[])
