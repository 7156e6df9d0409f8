-- New scores for referrals at work. A confirmed priority is a person's: only a rise passes it. Own: what the priority would be
-- if nobody had confirmed one.
-- $1 referrals
-- $2 computed_priorities
-- $3 effective_priorities
-- $4 child_urgencies
-- $5 offender_dangers
-- $6 act_bys
-- $7 hits
-- $8 own_priorities
UPDATE tandem.triage_item AS i
   SET computed_priority = s.computed, effective_priority = s.effective, child_urgency = s.child,
       offender_danger = s.offender, act_by = s.act_by, hits = s.hits,
       risen_at = CASE WHEN i.risen_at IS NULL AND i.lot IS NOT NULL AND s.own <> 'P3'
                       THEN clock_timestamp() ELSE i.risen_at END,
       version = i.version + 1,
       changed_at = clock_timestamp()
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::integer[], $6::timestamptz[], $7::integer[],
              $8::text[])
    AS s (referral_id, computed, effective, child, offender, act_by, hits, own)
 WHERE i.referral_id = s.referral_id
