-- Fresh referrals take their places in the queue.
-- $1 operation_id
-- $2 received_at
-- $3 referrals
-- $4 declared_priorities[?]
-- $5 computed_priorities
-- $6 effective_priorities
-- $7 child_urgencies
-- $8 offender_dangers
-- $9 act_bys
-- $10 hits
-- $11 lots[?]
-- $12 lots_drawn
INSERT INTO tandem.triage_item (operation_id, received_at, referral_id, state, declared_priority, computed_priority,
  effective_priority, child_urgency, offender_danger, act_by, hits, lot, lots_drawn)
SELECT $1, $2, i.referral, 'open', i.declared, i.computed, i.effective, i.child, i.offender, i.act_by, i.hits, i.lot,
       CASE WHEN i.lot IS NOT NULL THEN $12::integer END
  FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::integer[], $9::timestamptz[],
              $10::integer[], $11::integer[])
    AS i (referral, declared, computed, effective, child, offender, act_by, hits, lot)
