-- No row where the key was seen before.
-- $1 peer
-- $2 public_key
INSERT INTO tandem.deconfliction_key (peer, public_key) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING seen_at
