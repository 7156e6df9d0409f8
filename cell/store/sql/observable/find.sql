-- $1 kinds
-- $2 tokens
-- not null: observable_id, kind, token
SELECT o.observable_id, o.kind, o.token
  FROM unnest($1::text[], $2::bytea[]) AS wanted (kind, token)
  JOIN LATERAL (SELECT x.observable_id, x.kind, x.token FROM tandem.observable x
                 WHERE x.kind = wanted.kind AND x.token = wanted.token LIMIT 1) o ON true
