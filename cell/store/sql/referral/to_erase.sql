-- What holds the words of a referral: its own record, and the file it came in with all repeats of that file.
-- $1 referral_id
-- not null: others, files
SELECT r.referral_id, r.operation_id, r.number, d.state AS delivery_state,
       ARRAY(SELECT f.delivery_id FROM tandem.delivery f
              WHERE f.agency_id = r.agency_id AND (f.delivery_id = r.delivery_id OR f.repeat_of = r.delivery_id)
              ORDER BY f.delivery_id) AS files,
       (SELECT count(*) FROM tandem.referral o
         WHERE o.agency_id = r.agency_id AND o.delivery_id = r.delivery_id AND o.referral_id <> r.referral_id) AS others
  FROM tandem.referral r
  JOIN tandem.delivery d ON d.agency_id = r.agency_id AND d.delivery_id = r.delivery_id
 WHERE r.referral_id = $1
