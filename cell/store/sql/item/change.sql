-- Only from the version it was decided on: of two officers one wins.
-- $1 referral_id
-- $2 version
-- $3 state
-- $4 taken_by?
-- $5 held_until?
-- $6 merged_into?
-- $7 confirmed_priority?
-- $8 confirmed_score?
-- $9 effective_priority
-- $10 act_by
UPDATE tandem.triage_item
   SET version = version + 1, state = $3, taken_by = $4, held_until = $5, merged_into = $6, confirmed_priority = $7,
       confirmed_score = $8, effective_priority = $9, act_by = $10, changed_at = clock_timestamp()
 WHERE referral_id = $1 AND version = $2
RETURNING version
