-- $1 entry_ids
-- $2 leaves
-- $3 salts
-- $4 verbs
-- $5 objects
-- $6 at
WITH entry AS (
  SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[], $5::text[])
    AS e (entry_id, leaf, salt, verb, object)
), appended AS (
  INSERT INTO ledger.leaf (entry_id, leaf) SELECT entry_id, leaf FROM entry
)
INSERT INTO ledger.opening (entry_id, salt, person_id, verb, object, at, authority_id, purpose_id)
SELECT entry_id, salt, (gate.acting()).person_id, verb, object::jsonb, $6::timestamptz,
       (gate.acting()).authority_id, (gate.acting()).purpose_id
  FROM entry
