-- $1 operation_id
-- not null: desk
SELECT EXISTS (SELECT FROM tandem.lane WHERE operation_id = $1) AS desk
