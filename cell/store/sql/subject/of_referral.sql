-- Whom the people of a referral are believed to be.
-- $1 referral_id
SELECT a.appearance_id, a.person AS place, s.subject_id, s.version, s.appearances, s.priority, f.person, r.number
  FROM tandem.appearance a
  JOIN tandem.subject s ON s.agency_id = a.agency_id AND s.subject_id = a.subject_id
  JOIN tandem.appearance f ON f.agency_id = s.agency_id AND f.appearance_id = s.subject_id
  JOIN tandem.referral r ON r.agency_id = f.agency_id AND r.referral_id = f.referral_id
 WHERE a.referral_id = $1 AND a.erased_at IS NULL ORDER BY a.person
