-- A lane's principal becomes the context of this transaction.
-- $1 lane
-- not null: cell_id, agency_id, person_id, role, authorised, purposed, now
SELECT cell_id, agency_id, person_id, role, operation_id,
       authority_id, purpose_id, authorised, purposed, now
  FROM gate.begin_lane($1)
