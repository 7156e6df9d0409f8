-- Folds referrals that are open into what they belong to.
-- $1 referrals
-- $2 intos
UPDATE tandem.triage_item AS i
   SET state = 'folded', merged_into = f.into_id, version = i.version + 1, changed_at = clock_timestamp()
  FROM unnest($1::uuid[], $2::uuid[]) AS f (referral_id, into_id)
 WHERE i.referral_id = f.referral_id AND i.state = 'open'
