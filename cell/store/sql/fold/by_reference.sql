-- Referrals of this sender with these references, the first ones first.
-- $1 sender_id
-- $2 references
-- not null: reference
SELECT r.reference, r.referral_id, r.number
  FROM unnest($2::text[]) AS wanted (reference)
  JOIN tandem.referral r ON r.sender_id = $1 AND r.reference = wanted.reference
 ORDER BY r.number LIMIT 5000
