-- $1 operation_id
-- $2 subjects
-- $3 versions
-- $4 appearances
-- $5 became
-- $6 held_by
-- $7 model
-- $8 because
INSERT INTO tandem.subject_version (operation_id, subject_id, version, appearances, became, held_by, model, because)
SELECT $1, v.subject, v.version, ARRAY(SELECT jsonb_array_elements_text(v.appearances::jsonb)::uuid),
       ARRAY(SELECT jsonb_array_elements_text(v.became::jsonb)::uuid), v.held_by::jsonb, $7, $8
  FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[])
    AS v (subject, version, appearances, became, held_by)
