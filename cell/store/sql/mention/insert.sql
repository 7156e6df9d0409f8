-- $1 operation_id
-- $2 referrals
-- $3 ids
-- $4 observables
-- $5 places
-- $6 people[?]
-- $7 roles[?]
-- $8 strengths
-- $9 because
-- $10 originals
-- $11 normals
INSERT INTO tandem.mention (operation_id, referral_id, mention_id, observable_id, place, person, person_role, strength,
                            because, original_sealed, normal_sealed)
SELECT $1, m.referral, m.id, m.observable, m.place, m.person, m.role, m.strength, m.because, m.original, m.normal
  FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::text[],
              $10::bytea[], $11::bytea[])
    AS m (referral, id, observable, place, person, role, strength, because, original, normal)
