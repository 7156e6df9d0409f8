-- $1 referral_id
SELECT safeguarding_id, need_sealed, referred_by, referred_at, due_at, acknowledged_at, acknowledged_by,
       outcome_sealed, closed_at
  FROM tandem.safeguarding WHERE referral_id = $1 ORDER BY referred_at
