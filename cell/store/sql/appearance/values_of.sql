-- $1 appearances
SELECT appearance_id, observable_id, kind, used_at, port FROM tandem.appearance_value
 WHERE appearance_id = ANY ($1::uuid[]) ORDER BY appearance_id, number
