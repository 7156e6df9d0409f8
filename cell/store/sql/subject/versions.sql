-- $1 subject_id
SELECT version, appearances, became, held_by, model, because, made_by, made_at FROM tandem.subject_version
 WHERE subject_id = $1 ORDER BY version DESC
