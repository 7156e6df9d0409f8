-- $1 appearances
-- $2 components
-- $3 subjects
UPDATE tandem.appearance a SET component_id = p.component, subject_id = p.subject
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS p (appearance, component, subject)
 WHERE a.appearance_id = p.appearance
