-- People who were reported, the most pressing first, from a place on. `linked`: only those of whom several referrals tell.
-- $1 linked
-- $2 after_priority?
-- $3 after_rank?
-- $4 after_id?
-- $5 limit
-- nullable: read_version, read_score
SELECT s.subject_id, s.version, s.appearances, s.reported, s.priority, s.rank, s.score_number, s.changed_at, a.person, r.number, c.score,
       m.version AS read_version, m.score_number AS read_score
  FROM tandem.subject s
  JOIN tandem.appearance a ON a.agency_id = s.agency_id AND a.appearance_id = s.subject_id
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
  JOIN tandem.subject_score c ON c.agency_id = s.agency_id AND c.subject_id = s.subject_id AND c.number = s.score_number
  LEFT JOIN tandem.subject_mark m
    ON m.agency_id = s.agency_id AND m.subject_id = s.subject_id AND m.person_id = (SELECT gate.person())
 WHERE s.appearances > 0 AND s.reported > 0 AND (NOT $1::boolean OR s.appearances > 1)
   AND ($4::uuid IS NULL OR (s.priority, -s.rank, s.subject_id) > ($2::text, -$3::integer, $4::uuid))
 ORDER BY s.priority, -s.rank, s.subject_id LIMIT $5
