-- Each stands alone until it is compared.
-- $1 operation_id
-- $2 ids
-- $3 referrals
-- $4 people
-- $5 roles
-- $6 particulars
INSERT INTO tandem.appearance (operation_id, appearance_id, referral_id, person, role, particulars_sealed, component_id,
                               subject_id)
SELECT $1, a.id, a.referral, a.person, a.role, a.particulars, a.id, a.id
  FROM unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::bytea[])
    AS a (id, referral, person, role, particulars)
