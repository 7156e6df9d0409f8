-- Something about the referral changed that is not its position: unread marks appear.
-- $1 referral_id
UPDATE tandem.triage_item SET version = version + 1, changed_at = clock_timestamp() WHERE referral_id = $1
