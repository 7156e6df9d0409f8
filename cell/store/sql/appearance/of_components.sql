-- $1 components
SELECT a.appearance_id, a.operation_id, a.referral_id, a.person, a.role, a.particulars_sealed, a.component_id, a.subject_id,
       r.number, r.received_at
  FROM tandem.appearance a
  JOIN tandem.referral r ON r.agency_id = a.agency_id AND r.referral_id = a.referral_id
 WHERE a.component_id = ANY ($1::uuid[]) AND a.erased_at IS NULL
 ORDER BY a.appearance_id
