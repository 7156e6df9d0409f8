-- All referrals of one delivery.
-- $1 operation_id
-- $2 delivery_id
-- $3 sender_id
-- $4 formats
-- $5 received_at
-- $6 ids
-- $7 numbers
-- $8 places
-- $9 references[?]
-- $10 incident_kinds[?]
-- $11 incident_ats[?]
-- $12 detected_ats[?]
-- $13 declared_priorities[?]
-- $14 supplement_references[?]
-- $15 remarks
-- $16 unknown_fields
-- $17 people
-- $18 files
-- $19 records_sealed
INSERT INTO tandem.referral (operation_id, delivery_id, sender_id, format, received_at, referral_id, number, place,
  reference, incident_kind, incident_at, detected_at, declared_priority, supplement_reference, remarks, unknown_fields,
  people, files, record_sealed)
SELECT $1, $2, $3, r.format, $5, r.id, r.number, r.place, r.reference, r.incident_kind, r.incident_at, r.detected_at,
       r.declared_priority, r.supplement_reference, r.remarks, r.unknown_fields, r.people, r.files, r.record
  FROM unnest($6::uuid[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[],
              $13::text[], $14::text[], $15::integer[], $16::integer[], $17::integer[], $18::integer[], $19::bytea[],
              $4::text[])
    AS r (id, number, place, reference, incident_kind, incident_at, detected_at, declared_priority,
          supplement_reference, remarks, unknown_fields, people, files, record, format)
