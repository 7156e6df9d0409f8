-- $1 referral_id
SELECT note_id, text_sealed, written_by, written_at FROM tandem.note WHERE referral_id = $1 ORDER BY written_at, note_id
