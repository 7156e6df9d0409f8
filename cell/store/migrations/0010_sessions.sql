-- A session that ends, or a person who leaves, ends the running transaction too: the context knows its session, and
-- every statement looks at it again. And a look at the frame of the work carries no authority into the database.
SET ROLE tandem_owner;
ALTER TABLE gate.context ADD COLUMN session bytea;
RESET ROLE;

GRANT CREATE ON SCHEMA gate TO tandem_gatekeeper;
SET ROLE tandem_gatekeeper;

-- The context of this very transaction while its session and its person stand, or nothing.
CREATE OR REPLACE FUNCTION gate.acting() RETURNS gate.context
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS 'SELECT c FROM gate.context c
     WHERE c.backend = pg_backend_pid() AND c.transaction = pg_current_xact_id_if_assigned()
       AND EXISTS (SELECT FROM tandem.person p
                    WHERE p.agency_id = c.agency_id AND p.person_id = c.person_id AND p.active)
       AND (c.session IS NULL OR EXISTS (
             SELECT FROM gate.session s WHERE s.token_hash = c.session AND s.revoked_at IS NULL
                AND clock_timestamp() < s.ends_at))';

DROP FUNCTION gate.enter(uuid, uuid, text, uuid, uuid, uuid, uuid) CASCADE;
CREATE FUNCTION gate.enter(agency uuid, person uuid, role text, operation uuid, authority uuid, purpose uuid, lane uuid,
                           session bytea DEFAULT NULL)
RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE standing gate.standing; cell uuid := gate.cell();
BEGIN
  -- One context a transaction: a second entry could smuggle rows read in the first past the ledger.
  IF EXISTS (SELECT FROM gate.context c
              WHERE c.backend = pg_backend_pid() AND c.transaction = pg_current_xact_id_if_assigned()) THEN
    RAISE EXCEPTION 'this transaction has a context already' USING ERRCODE = 'TD002';
  END IF;
  INSERT INTO gate.context AS c VALUES
    (pg_backend_pid(), pg_current_xact_id(), cell, agency, person, role, operation, authority, purpose, lane, session)
  ON CONFLICT (backend) DO UPDATE SET
    transaction = excluded.transaction, cell_id = excluded.cell_id, agency_id = excluded.agency_id,
    person_id = excluded.person_id, role = excluded.role, operation_id = excluded.operation_id,
    authority_id = excluded.authority_id, purpose_id = excluded.purpose_id, lane_id = excluded.lane_id,
    session = excluded.session;
  standing := (cell, agency, person, role, operation, authority, purpose,
               gate.authorised_operation() IS NOT NULL AND gate.authorised_operation() = operation,
               gate.purposed_operation() IS NOT NULL AND gate.purposed_operation() = operation, clock_timestamp());
  RETURN standing;
END $$;

-- A valid session, or TD001 / TD005. The token is useless on another login than its own.
CREATE FUNCTION gate.admit(token bytea) RETURNS gate.session
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE s gate.session; active boolean; moment timestamptz := clock_timestamp();
BEGIN
  SELECT * INTO s FROM gate.session WHERE token_hash = sha256(token);
  IF NOT FOUND OR s.login <> session_user OR s.revoked_at IS NOT NULL OR s.ends_at <= moment
     OR s.last_seen_at + make_interval(secs => s.idle_seconds) <= moment THEN
    RAISE EXCEPTION 'no valid session' USING ERRCODE = 'TD001';
  END IF;
  IF s.second_factor = 'awaited' THEN
    RAISE EXCEPTION 'second factor awaited' USING ERRCODE = 'TD005';
  END IF;
  SELECT p.active INTO active FROM tandem.person p WHERE p.agency_id = s.agency_id AND p.person_id = s.person_id;
  IF active IS NOT TRUE THEN
    RAISE EXCEPTION 'no valid session' USING ERRCODE = 'TD001';
  END IF;
  IF s.last_seen_at < moment - interval '30 seconds' THEN
    UPDATE gate.session SET last_seen_at = moment WHERE token_hash = s.token_hash;
  END IF;
  RETURN s;
END $$;

CREATE OR REPLACE FUNCTION gate.begin(token bytea) RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE s gate.session := gate.admit(token);
BEGIN
  RETURN gate.enter(s.agency_id, s.person_id,
    (SELECT p.role FROM tandem.person p WHERE p.agency_id = s.agency_id AND p.person_id = s.person_id),
    s.operation_id, s.authority_id, s.purpose_id, NULL, s.token_hash);
END $$;

-- The frame of the work: authorities, people, health. The context holds neither authority nor purpose, so no content
-- can be read in it; the standing that is returned tells the person what the session works under.
CREATE FUNCTION gate.begin_frame(token bytea) RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE s gate.session := gate.admit(token); standing gate.standing; moment timestamptz := clock_timestamp();
BEGIN
  standing := gate.enter(s.agency_id, s.person_id,
    (SELECT p.role FROM tandem.person p WHERE p.agency_id = s.agency_id AND p.person_id = s.person_id),
    s.operation_id, NULL, NULL, NULL, s.token_hash);
  standing.authority_id := s.authority_id;
  standing.purpose_id := s.purpose_id;
  standing.authorised := EXISTS (SELECT FROM tandem.authority a
    WHERE a.agency_id = s.agency_id AND a.authority_id = s.authority_id AND a.operation_id = s.operation_id
      AND a.cancelled_at IS NULL AND a.starts_at <= moment AND moment < a.expires_at);
  standing.purposed := EXISTS (SELECT FROM tandem.purpose p
    WHERE p.agency_id = s.agency_id AND p.purpose_id = s.purpose_id AND p.operation_id = s.operation_id
      AND (p.ended_at IS NULL OR moment < p.ended_at));
  RETURN standing;
END $$;

CREATE OR REPLACE FUNCTION gate.begin_lane(p_lane uuid) RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE l tandem.lane;
BEGIN
  SELECT x.* INTO l FROM tandem.lane x
    JOIN tandem.person p ON p.agency_id = x.agency_id AND p.person_id = x.principal_id AND p.active
   WHERE x.lane_id = p_lane AND x.active;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such lane' USING ERRCODE = 'TD001';
  END IF;
  RETURN gate.enter(l.agency_id, l.principal_id, 'lane', l.operation_id, l.authority_id, l.purpose_id, l.lane_id, NULL);
END $$;

CREATE OR REPLACE FUNCTION gate.begin_job(p_job uuid) RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE j tandem.job; p tandem.person;
BEGIN
  SELECT * INTO j FROM tandem.job WHERE job_id = p_job AND state = 'leased' FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such job' USING ERRCODE = 'TD001';
  END IF;
  SELECT * INTO p FROM tandem.person WHERE agency_id = j.agency_id AND person_id = j.person_id AND active;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the person who asked is no longer active' USING ERRCODE = 'TD001';
  END IF;
  RETURN gate.enter(j.agency_id, j.person_id, p.role, j.operation_id, j.authority_id, j.purpose_id, j.lane_id, NULL);
END $$;

-- The first passkey may be registered while the second factor is awaited; a further one only in a whole session.
CREATE OR REPLACE FUNCTION gate.add_passkey(token bytea, p_credential_id bytea, p_public_key bytea, p_counter bigint)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  INSERT INTO gate.passkey (credential_id, cell_id, agency_id, person_id, public_key, counter)
  SELECT p_credential_id, gate.cell(), s.agency_id, s.person_id, p_public_key, p_counter FROM gate.session_of(token) s
   WHERE s.second_factor <> 'awaited' OR NOT EXISTS (
     SELECT FROM gate.passkey k WHERE k.agency_id = s.agency_id AND k.person_id = s.person_id) $$;

-- A counter that falls back betrays a copied key (WebAuthn section 6.1.1); keys without a counter stay at zero.
CREATE OR REPLACE FUNCTION gate.use_passkey(p_credential_id bytea, p_counter bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$ UPDATE gate.passkey SET counter = p_counter WHERE credential_id = p_credential_id AND p_counter > counter $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;
GRANT EXECUTE ON FUNCTION gate.begin_frame(bytea) TO tandem_officer, tandem_supervisor, tandem_partner, tandem_inspector,
  tandem_export, tandem_administrator;
