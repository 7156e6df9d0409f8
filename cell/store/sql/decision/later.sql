-- Decisions on the same referral after this one that still stand.
-- $1 decision_id
-- not null: standing
SELECT count(*) AS standing
  FROM tandem.decision x
  JOIN tandem.decision d ON d.agency_id = x.agency_id AND d.referral_id = x.referral_id
 WHERE d.decision_id = $1 AND (x.decided_at, x.decision_id) > (d.decided_at, d.decision_id) AND x.undoes IS NULL
   AND NOT EXISTS (SELECT FROM tandem.decision u WHERE u.agency_id = x.agency_id AND u.undoes = x.decision_id)
