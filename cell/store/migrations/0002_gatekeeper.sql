-- The few functions that act with more rights than their caller. Their owner, tandem_gatekeeper, cannot log in
-- and is granted exactly what they need. Every search_path is pinned.

GRANT USAGE, CREATE ON SCHEMA gate TO tandem_gatekeeper;
GRANT USAGE ON SCHEMA tandem TO tandem_gatekeeper;

SET ROLE tandem_owner;
GRANT SELECT ON tandem.cell, tandem.agency, tandem.person, tandem.operation, tandem.operation_member,
  tandem.authority, tandem.purpose, tandem.sender, tandem.lane TO tandem_gatekeeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON gate.session, gate.passkey, gate.context TO tandem_gatekeeper;
RESET ROLE;

SET ROLE tandem_gatekeeper;
ALTER DEFAULT PRIVILEGES FOR ROLE tandem_gatekeeper REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE FUNCTION gate.cell() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS 'SELECT cell_id FROM tandem.cell';

-- The context of this very transaction, or nothing.
CREATE FUNCTION gate.acting() RETURNS gate.context
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS 'SELECT c FROM gate.context c
     WHERE c.backend = pg_backend_pid() AND c.transaction = pg_current_xact_id_if_assigned()';

CREATE FUNCTION gate.agency() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS 'BEGIN RETURN (gate.acting()).agency_id; END';

CREATE FUNCTION gate.person() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS 'BEGIN RETURN (gate.acting()).person_id; END';

CREATE FUNCTION gate.role() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS 'BEGIN RETURN (gate.acting()).role; END';

-- Operations that the acting person is a member of at this moment.
CREATE FUNCTION gate.operations() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE acting gate.context := gate.acting();
BEGIN
  RETURN coalesce((
    SELECT array_agg(m.operation_id) FROM tandem.operation_member m
     WHERE m.agency_id = acting.agency_id AND m.person_id = acting.person_id
       AND m.since <= clock_timestamp() AND (m.until IS NULL OR clock_timestamp() < m.until)), '{}');
END $$;

-- The operation that the context's authority covers, or null when it is not in force at this moment.
-- The clock is read for each statement, so access ends at the second of expiry, in mid-transaction too.
CREATE FUNCTION gate.authorised_operation() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE acting gate.context := gate.acting();
BEGIN
  RETURN (
    SELECT a.operation_id FROM tandem.authority a
     WHERE a.agency_id = acting.agency_id AND a.authority_id = acting.authority_id
       AND a.cancelled_at IS NULL AND a.starts_at <= clock_timestamp() AND clock_timestamp() < a.expires_at);
END $$;

-- The operation that the context's purpose belongs to, or null when it is ended or absent.
CREATE FUNCTION gate.purposed_operation() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE acting gate.context := gate.acting();
BEGIN
  RETURN (
    SELECT p.operation_id FROM tandem.purpose p
     WHERE p.agency_id = acting.agency_id AND p.purpose_id = acting.purpose_id
       AND (p.ended_at IS NULL OR clock_timestamp() < p.ended_at));
END $$;

CREATE TYPE gate.standing AS (
  cell_id uuid, agency_id uuid, person_id uuid, role text, operation_id uuid, authority_id uuid, purpose_id uuid,
  authorised boolean, purposed boolean, now timestamptz);

-- Not granted to any login: the three ways in below end here.
CREATE FUNCTION gate.enter(agency uuid, person uuid, role text, operation uuid, authority uuid, purpose uuid, lane uuid)
RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE standing gate.standing; cell uuid := gate.cell();
BEGIN
  -- One context a transaction: a second entry could smuggle rows read in the first past the ledger.
  IF (gate.acting()).backend IS NOT NULL THEN
    RAISE EXCEPTION 'this transaction has a context already' USING ERRCODE = 'TD002';
  END IF;
  INSERT INTO gate.context AS c VALUES
    (pg_backend_pid(), pg_current_xact_id(), cell, agency, person, role, operation, authority, purpose, lane)
  ON CONFLICT (backend) DO UPDATE SET
    transaction = excluded.transaction, cell_id = excluded.cell_id, agency_id = excluded.agency_id,
    person_id = excluded.person_id, role = excluded.role, operation_id = excluded.operation_id,
    authority_id = excluded.authority_id, purpose_id = excluded.purpose_id, lane_id = excluded.lane_id;
  standing := (cell, agency, person, role, operation, authority, purpose,
               gate.authorised_operation() IS NOT NULL AND gate.authorised_operation() = operation,
               gate.purposed_operation() IS NOT NULL AND gate.purposed_operation() = operation, clock_timestamp());
  RETURN standing;
END $$;

-- A person's session. The token is useless on another login than its own.
CREATE FUNCTION gate.begin(token bytea) RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE s gate.session; p tandem.person; moment timestamptz := clock_timestamp();
BEGIN
  SELECT * INTO s FROM gate.session WHERE token_hash = sha256(token);
  IF NOT FOUND OR s.login <> session_user OR s.revoked_at IS NOT NULL OR s.ends_at <= moment
     OR s.last_seen_at + make_interval(secs => s.idle_seconds) <= moment THEN
    RAISE EXCEPTION 'no valid session' USING ERRCODE = 'TD001';
  END IF;
  IF s.second_factor = 'awaited' THEN
    RAISE EXCEPTION 'second factor awaited' USING ERRCODE = 'TD005';
  END IF;
  SELECT * INTO p FROM tandem.person WHERE agency_id = s.agency_id AND person_id = s.person_id;
  IF NOT p.active THEN
    RAISE EXCEPTION 'no valid session' USING ERRCODE = 'TD001';
  END IF;
  IF s.last_seen_at < moment - interval '30 seconds' THEN
    UPDATE gate.session SET last_seen_at = moment WHERE token_hash = s.token_hash;
  END IF;
  RETURN gate.enter(s.agency_id, s.person_id, p.role, s.operation_id, s.authority_id, s.purpose_id, NULL);
END $$;

-- A lane's own principal, under the lane's standing authority. Granted to the ingest login alone.
CREATE FUNCTION gate.begin_lane(p_lane uuid) RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE l tandem.lane;
BEGIN
  SELECT * INTO l FROM tandem.lane WHERE lane_id = p_lane AND active;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such lane' USING ERRCODE = 'TD001';
  END IF;
  RETURN gate.enter(l.agency_id, l.principal_id, 'lane', l.operation_id, l.authority_id, l.purpose_id, l.lane_id);
END $$;

CREATE FUNCTION gate.login_of(role text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
AS $$ SELECT CASE role
  WHEN 'duty manager' THEN 'tandem_supervisor'
  WHEN 'triage analyst' THEN 'tandem_officer'
  WHEN 'case officer' THEN 'tandem_officer'
  WHEN 'safeguarding officer' THEN 'tandem_officer'
  WHEN 'partner' THEN 'tandem_partner'
  WHEN 'inspector' THEN 'tandem_inspector'
  WHEN 'administrator' THEN 'tandem_administrator' END $$;

-- Opens a session for a person whom the agency's OpenID provider has named. Returns no row for a stranger.
-- It starts on the first operation of the person with an authority and a purpose in force, if there is one.
CREATE FUNCTION gate.open_session(p_issuer text, p_subject text, p_token_hash bytea, p_hours integer,
                                  p_idle_seconds integer, p_second_factor boolean)
RETURNS TABLE (person_id uuid, agency_id uuid, role text, login text, second_factor text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE p tandem.person; o uuid; a uuid; u uuid; factor text; moment timestamptz := clock_timestamp();
BEGIN
  SELECT * INTO p FROM tandem.person x WHERE x.issuer = p_issuer AND x.subject = p_subject AND x.active;
  IF NOT FOUND OR gate.login_of(p.role) IS NULL THEN RETURN; END IF;
  SELECT m.operation_id, t.authority_id, q.purpose_id INTO o, a, u
    FROM tandem.operation_member m
    LEFT JOIN LATERAL (SELECT x.authority_id FROM tandem.authority x
      WHERE x.agency_id = m.agency_id AND x.operation_id = m.operation_id AND x.cancelled_at IS NULL
        AND x.starts_at <= moment AND moment < x.expires_at
      ORDER BY x.expires_at DESC, x.authority_id LIMIT 1) t ON true
    LEFT JOIN LATERAL (SELECT x.purpose_id FROM tandem.purpose x
      WHERE x.agency_id = m.agency_id AND x.operation_id = m.operation_id
        AND (x.ended_at IS NULL OR moment < x.ended_at)
      ORDER BY x.created_at, x.purpose_id LIMIT 1) q ON true
   WHERE m.agency_id = p.agency_id AND m.person_id = p.person_id
     AND m.since <= moment AND (m.until IS NULL OR moment < m.until)
   ORDER BY t.authority_id IS NULL, m.since, m.operation_id LIMIT 1;
  factor := CASE WHEN p_second_factor THEN 'awaited' ELSE 'not required' END;
  INSERT INTO gate.session (token_hash, cell_id, agency_id, person_id, login, operation_id, authority_id, purpose_id,
                            ends_at, idle_seconds, second_factor)
  VALUES (p_token_hash, p.cell_id, p.agency_id, p.person_id, gate.login_of(p.role), o, a, u,
          moment + make_interval(hours => p_hours), p_idle_seconds, factor);
  RETURN QUERY SELECT p.person_id, p.agency_id, p.role, gate.login_of(p.role), factor;
END $$;

-- Who holds this session, and is the second factor given? For the sign-in pages only.
CREATE FUNCTION gate.session_of(token bytea)
RETURNS TABLE (person_id uuid, agency_id uuid, display_name text, role text, login text, second_factor text,
               operation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT p.person_id, p.agency_id, p.display_name, p.role, s.login, s.second_factor,
         -- Only while its person is a member and its authority lives: nobody hears of changes without.
         (SELECT m.operation_id FROM tandem.operation_member m JOIN tandem.authority a USING (agency_id, operation_id)
           WHERE m.agency_id = s.agency_id AND m.operation_id = s.operation_id AND m.person_id = s.person_id
             AND m.since <= clock_timestamp() AND (m.until IS NULL OR clock_timestamp() < m.until)
             AND a.authority_id = s.authority_id AND a.cancelled_at IS NULL
             AND a.starts_at <= clock_timestamp() AND clock_timestamp() < a.expires_at)
    FROM gate.session s JOIN tandem.person p USING (agency_id, person_id)
   WHERE s.token_hash = sha256(token) AND s.revoked_at IS NULL AND p.active
     AND clock_timestamp() < s.ends_at
     AND clock_timestamp() < s.last_seen_at + make_interval(secs => s.idle_seconds) $$;

CREATE FUNCTION gate.close_session(token bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$ UPDATE gate.session SET revoked_at = clock_timestamp() WHERE token_hash = sha256(token) AND revoked_at IS NULL $$;

CREATE FUNCTION gate.give_second_factor(token bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$ UPDATE gate.session SET second_factor = 'given'
       WHERE token_hash = sha256(token) AND second_factor = 'awaited' $$;

CREATE FUNCTION gate.passkeys_of(token bytea)
RETURNS TABLE (credential_id bytea, public_key bytea, counter bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT k.credential_id, k.public_key, k.counter FROM gate.passkey k
    JOIN gate.session_of(token) s ON (k.agency_id, k.person_id) = (s.agency_id, s.person_id) $$;

CREATE FUNCTION gate.add_passkey(token bytea, p_credential_id bytea, p_public_key bytea, p_counter bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  INSERT INTO gate.passkey (credential_id, cell_id, agency_id, person_id, public_key, counter)
  SELECT p_credential_id, gate.cell(), s.agency_id, s.person_id, p_public_key, p_counter FROM gate.session_of(token) s $$;

CREATE FUNCTION gate.use_passkey(p_credential_id bytea, p_counter bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$ UPDATE gate.passkey SET counter = p_counter WHERE credential_id = p_credential_id $$;

-- Changes under which operation, authority and purpose the session works. Only what its person may use.
CREATE FUNCTION gate.choose(token bytea, p_operation uuid, p_authority uuid, p_purpose uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
  UPDATE gate.session s SET operation_id = p_operation, authority_id = p_authority, purpose_id = p_purpose
   WHERE s.token_hash = sha256(token) AND s.revoked_at IS NULL AND s.login = session_user
     AND clock_timestamp() < s.ends_at
     AND EXISTS (SELECT FROM tandem.operation_member m WHERE m.agency_id = s.agency_id AND m.person_id = s.person_id
                   AND m.operation_id = p_operation AND (m.until IS NULL OR clock_timestamp() < m.until))
     AND EXISTS (SELECT FROM tandem.authority a WHERE a.agency_id = s.agency_id AND a.authority_id = p_authority
                   AND a.operation_id = p_operation AND a.cancelled_at IS NULL AND clock_timestamp() < a.expires_at)
     AND EXISTS (SELECT FROM tandem.purpose p WHERE p.agency_id = s.agency_id AND p.purpose_id = p_purpose
                   AND p.operation_id = p_operation AND (p.ended_at IS NULL OR clock_timestamp() < p.ended_at));
  RETURN FOUND;
END $$;

-- Which sender holds this key, and which of its agency's lanes it delivers to.
CREATE FUNCTION gate.sender_of(api_key bytea) RETURNS TABLE (agency_id uuid, sender_id uuid, lane_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT s.agency_id, s.sender_id, l.lane_id FROM tandem.sender s
    JOIN tandem.lane l ON l.agency_id = s.agency_id AND l.kind = 'endpoint' AND l.active
   WHERE s.api_key_hash = sha256(api_key) AND s.active $$;

CREATE FUNCTION gate.lanes() RETURNS TABLE (agency_id uuid, agency text, lane_id uuid, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT l.agency_id, a.short_name, l.lane_id, l.kind FROM tandem.lane l JOIN tandem.agency a USING (agency_id)
       WHERE l.active $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;
