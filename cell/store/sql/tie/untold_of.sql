-- How many appearances of a subject were not asked for ties yet.
-- $1 subject_id
-- not null: appearances
SELECT count(*)::integer AS appearances FROM tandem.appearance
 WHERE subject_id = $1 AND NOT ties_told AND erased_at IS NULL
