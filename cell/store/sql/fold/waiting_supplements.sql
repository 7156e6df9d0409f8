-- Supplements of this sender that name one of these references.
-- $1 sender_id
-- $2 references
-- not null: reference
SELECT r.supplement_reference AS reference, r.referral_id, r.number
  FROM unnest($2::text[]) AS wanted (reference)
  JOIN tandem.referral r ON r.sender_id = $1 AND r.supplement_reference = wanted.reference
 ORDER BY r.number LIMIT 5000
