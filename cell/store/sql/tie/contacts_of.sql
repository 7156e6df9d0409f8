-- With whom these subjects were in touch. Whoever is only listed is known there by these values alone.
-- $1 subjects
-- nullable: other, parties, first_at, last_at, other_subject, other_person, other_values
-- not null: referral_id, place, how, one, times, one_subject, one_person, number
WITH mine AS (
  SELECT a.agency_id, a.appearance_id FROM tandem.appearance a
   WHERE a.subject_id = ANY ($1::uuid[]) AND a.erased_at IS NULL),
touched AS (
  SELECT c.agency_id, c.referral_id, c.number FROM tandem.tie_contact c
    JOIN mine m ON m.agency_id = c.agency_id AND m.appearance_id = c.one
  UNION
  SELECT c.agency_id, c.referral_id, c.number FROM tandem.tie_contact c
    JOIN mine m ON m.agency_id = c.agency_id AND m.appearance_id = c.other)
SELECT c.referral_id, c.number AS place, c.how, c.one, c.other, c.parties, c.times, c.first_at, c.last_at,
       p.subject_id AS one_subject, p.person AS one_person, q.subject_id AS other_subject, q.person AS other_person,
       r.number,
       CASE WHEN c.how = 'listed' THEN ARRAY(
         SELECT DISTINCT v.observable_id FROM tandem.appearance_value v
          WHERE v.agency_id = c.agency_id AND v.appearance_id = c.other) END AS other_values
  FROM touched t
  JOIN tandem.tie_contact c ON c.agency_id = t.agency_id AND c.referral_id = t.referral_id AND c.number = t.number
  JOIN tandem.appearance p ON p.agency_id = c.agency_id AND p.appearance_id = c.one AND p.erased_at IS NULL
  LEFT JOIN tandem.appearance q ON q.agency_id = c.agency_id AND q.appearance_id = c.other
  JOIN tandem.referral r ON r.agency_id = c.agency_id AND r.referral_id = c.referral_id
 WHERE q.erased_at IS NULL
 ORDER BY c.referral_id, c.number
