-- not null: overdue
SELECT g.safeguarding_id, g.referral_id, r.number, g.due_at, g.acknowledged_at,
       g.acknowledged_at IS NULL AND g.due_at <= clock_timestamp() AS overdue
  FROM tandem.safeguarding g
  JOIN tandem.referral r ON r.agency_id = g.agency_id AND r.referral_id = g.referral_id
 WHERE g.closed_at IS NULL ORDER BY (g.acknowledged_at IS NOT NULL), g.due_at
