-- $1 operation_id
-- $2 referrals
-- $3 numbers
-- $4 hows
-- $5 ones
-- $6 others[?]
-- $7 parties[?]
-- $8 times
-- $9 first_ats[?]
-- $10 last_ats[?]
INSERT INTO tandem.tie_contact (operation_id, referral_id, number, how, one, other, parties, times, first_at, last_at)
SELECT $1, c.referral, c.number, c.how, c.one, c.other, c.parties, c.times, c.first_at, c.last_at
  FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::uuid[], $6::uuid[], $7::integer[], $8::integer[], $9::timestamptz[],
              $10::timestamptz[])
    AS c (referral, number, how, one, other, parties, times, first_at, last_at)
