-- $1 operation_id
-- $2 referral_id
-- $3 number
-- $4 delivery_id
-- $5 sender_id
-- $6 place
-- $7 format
-- $8 reference?
-- $9 incident_kind?
-- $10 received_at
-- $11 incident_at?
-- $12 detected_at?
-- $13 declared_priority?
-- $14 supplement_reference?
-- $15 remarks
-- $16 unknown_fields
-- $17 people
-- $18 files
-- $19 record_sealed
INSERT INTO tandem.referral (operation_id, referral_id, number, delivery_id, sender_id, place, format, reference,
  incident_kind, received_at, incident_at, detected_at, declared_priority, supplement_reference, remarks,
  unknown_fields, people, files, record_sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text::jsonb, $16::text::jsonb, $17, $18, $19)
