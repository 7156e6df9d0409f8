-- $1 operation_id
-- $2 note_id
-- $3 referral_id
-- $4 text_sealed
INSERT INTO tandem.note (operation_id, note_id, referral_id, text_sealed) VALUES ($1, $2, $3, $4)
