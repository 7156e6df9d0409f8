-- $1 grant_id
-- $2 numbers
SELECT lookup_id, number, kind, asked_sealed, elements FROM tandem.lookup
 WHERE grant_id = $1 AND number = ANY ($2::integer[]) ORDER BY number
