-- $1 referral_id
-- nullable: lot, lots_drawn
SELECT lot, lots_drawn FROM tandem.triage_item WHERE referral_id = $1
