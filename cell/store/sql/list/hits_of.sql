-- $1 versions
-- not null: hits
SELECT h.referral_id, count(*) AS hits FROM tandem.hit h WHERE h.version_id = ANY ($1::uuid[]) GROUP BY 1
