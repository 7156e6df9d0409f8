-- In one order for everyone, so that nobody waits in a circle.
-- $1 referrals
SELECT referral_id, operation_id, version, state, taken_by, held_until, merged_into, declared_priority,
       computed_priority, confirmed_priority, confirmed_score, effective_priority, act_by,
       received_at, hits
  FROM tandem.triage_item WHERE referral_id = ANY ($1::uuid[]) ORDER BY referral_id FOR UPDATE
