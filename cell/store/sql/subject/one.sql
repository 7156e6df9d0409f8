-- $1 subject_id
SELECT s.subject_id, s.operation_id, s.version, s.appearances, s.reported, s.score_number, s.priority, s.rank, s.changed_at, a.component_id,
       a.person, r.number, c.score
  FROM tandem.subject s
  JOIN tandem.appearance a ON a.agency_id = s.agency_id AND a.appearance_id = s.subject_id
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
  JOIN tandem.subject_score c ON c.agency_id = s.agency_id AND c.subject_id = s.subject_id AND c.number = s.score_number
 WHERE s.subject_id = $1
