-- A person's session becomes the context of this transaction, for the frame of the work alone.
-- $1 token
-- not null: cell_id, agency_id, person_id, role, authorised, purposed, now
SELECT cell_id, agency_id, person_id, role, operation_id,
       authority_id, purpose_id, authorised, purposed, now
  FROM gate.begin_frame($1)
