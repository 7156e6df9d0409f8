-- A new score for a referral at work. A confirmed priority is a person's: only a rise passes it.
-- $1 referral_id
-- $2 computed_priority
-- $3 effective_priority
-- $4 child_urgency
-- $5 offender_danger
-- $6 act_by
-- $7 hits
UPDATE tandem.triage_item
   SET computed_priority = $2, effective_priority = $3, child_urgency = $4, offender_danger = $5, act_by = $6, hits = $7,
       version = version + 1, changed_at = clock_timestamp()
 WHERE referral_id = $1
