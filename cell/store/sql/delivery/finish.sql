-- $1 delivery_id
-- $2 state
-- $3 format?
-- $4 records
-- $5 accepted
-- $6 remarked
-- $7 set_aside
-- $8 reason_code?
-- $9 reason?
UPDATE tandem.delivery
   SET state = $2, format = $3, records = $4, accepted = $5, remarked = $6, set_aside = $7, reason_code = $8, reason = $9
 WHERE delivery_id = $1
