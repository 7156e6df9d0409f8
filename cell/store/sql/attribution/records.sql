-- What an attribution is copied from and rests on, with what is known of the file it came in.
-- $1 referrals
-- not null: set_aside
SELECT r.referral_id, r.operation_id, r.number, r.format, r.record_sealed, r.sender_id,
       d.original_sha256,
       coalesce(d.set_aside, 0) AS set_aside
  FROM tandem.referral r
  JOIN tandem.delivery d ON d.agency_id = r.agency_id AND d.delivery_id = r.delivery_id
 WHERE r.referral_id = ANY ($1::uuid[])
