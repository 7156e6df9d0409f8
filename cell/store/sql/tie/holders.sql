-- Everybody who holds one of these values; a file that has one of the fallen digests as well is not among it.
-- $1 observables
-- $2 fallen
SELECT v.appearance_id, v.relation, v.how, v.observable_id, v.kind, v.file, v.held_at,
       a.subject_id, a.referral_id, a.person, r.number
  FROM tandem.tie_value v
  JOIN tandem.appearance a ON a.agency_id = v.agency_id AND a.appearance_id = v.appearance_id
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE v.observable_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
   AND NOT EXISTS (SELECT FROM tandem.tie_value s
                    WHERE s.agency_id = v.agency_id AND s.appearance_id = v.appearance_id AND s.file = v.file
                      AND s.observable_id = ANY ($2::uuid[]))
 ORDER BY v.appearance_id, v.number
