-- $1 appearances
UPDATE tandem.appearance SET ties_told = true WHERE appearance_id = ANY ($1::uuid[])
