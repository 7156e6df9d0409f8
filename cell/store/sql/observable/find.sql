-- $1 kinds
-- $2 tokens
SELECT o.observable_id, o.kind, o.token
  FROM tandem.observable o
  JOIN unnest($1::text[], $2::bytea[]) AS wanted (kind, token) ON o.kind = wanted.kind AND o.token = wanted.token
