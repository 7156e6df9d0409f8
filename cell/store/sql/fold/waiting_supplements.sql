-- Supplements of this sender that name one of these references.
-- $1 sender_id
-- $2 references
-- not null: reference, referral_id, number
SELECT wanted.reference, r.referral_id, r.number
  FROM unnest($2::text[]) AS wanted (reference)
  JOIN LATERAL (
    SELECT z.referral_id, z.number FROM tandem.referral z
     WHERE z.sender_id = $1 AND z.supplement_reference = wanted.reference ORDER BY z.number LIMIT 50) r ON true
 ORDER BY r.number
