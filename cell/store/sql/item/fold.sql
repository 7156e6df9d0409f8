-- $1 referral_id
-- $2 merged_into
UPDATE tandem.triage_item SET state = 'folded', merged_into = $2, version = version + 1, changed_at = clock_timestamp()
 WHERE referral_id = $1 AND state = 'open'
