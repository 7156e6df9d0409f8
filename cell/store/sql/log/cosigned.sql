-- The newest checkpoint of a log that enough witnesses have signed.
-- $1 agency_id
SELECT cosigned_size, cosigned_note FROM ledger.log WHERE agency_id = $1
