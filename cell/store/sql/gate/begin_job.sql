-- A job's principal becomes the context of this transaction.
-- $1 job
-- $2 attempt
-- not null: cell_id, agency_id, person_id, role, authorised, purposed, now
SELECT cell_id, agency_id, person_id, role, operation_id,
       authority_id, purpose_id, authorised, purposed, now
  FROM gate.begin_job($1, $2)
