-- Jobs run with the rights of whoever asked for them, never with the worker's own.
GRANT USAGE, CREATE ON SCHEMA gate TO tandem_gatekeeper;
GRANT USAGE ON SCHEMA ledger TO tandem_gatekeeper;
SET ROLE tandem_owner;
GRANT SELECT, UPDATE ON tandem.job TO tandem_gatekeeper;
GRANT SELECT (agency_id, state) ON tandem.delivery TO tandem_gatekeeper;
GRANT SELECT (agency_id, state, effective_priority) ON tandem.triage_item TO tandem_gatekeeper;
GRANT SELECT (agency_id, entry_id) ON ledger.leaf TO tandem_gatekeeper;
RESET ROLE;

SET ROLE tandem_gatekeeper;

CREATE FUNCTION gate.lease_jobs(how_many integer, lease_seconds integer)
RETURNS TABLE (job_id uuid, agency_id uuid, kind text, subject_id uuid, attempts integer)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  -- Materialized: as a plain subquery it may be run once a row, and then leases more than were asked for.
  WITH next AS MATERIALIZED (
    SELECT r.agency_id, r.job_id FROM tandem.job r
     WHERE r.run_after <= clock_timestamp()
       AND (r.state = 'ready' OR (r.state = 'leased' AND r.lease_until < clock_timestamp()))
     ORDER BY r.run_after LIMIT how_many FOR UPDATE SKIP LOCKED)
  UPDATE tandem.job j
     SET state = 'leased', lease_until = clock_timestamp() + make_interval(secs => lease_seconds),
         attempts = j.attempts + 1
    FROM next
   WHERE (j.agency_id, j.job_id) = (next.agency_id, next.job_id)
  RETURNING j.job_id, j.agency_id, j.kind, j.subject_id, j.attempts $$;

CREATE FUNCTION gate.begin_job(p_job uuid) RETURNS gate.standing
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
  RETURN gate.enter(j.agency_id, j.person_id, p.role, j.operation_id, j.authority_id, j.purpose_id, j.lane_id);
END $$;

-- A job that its worker could not even begin, or whose authority has lapsed. State and reason only.
CREATE FUNCTION gate.park_job(p_job uuid, p_state text, p_reason text, retry_seconds integer) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  UPDATE tandem.job SET state = p_state, reason = p_reason, lease_until = NULL,
         run_after = clock_timestamp() + make_interval(secs => retry_seconds)
   WHERE job_id = p_job AND state = 'leased' AND p_state IN ('ready', 'awaiting authority', 'failed') $$;

-- When authority comes back, waiting jobs go on by themselves.
CREATE FUNCTION gate.wake_jobs() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  WITH woken AS (
    UPDATE tandem.job j SET state = 'ready', run_after = clock_timestamp()
      FROM tandem.authority a
     WHERE j.state = 'awaiting authority' AND (a.agency_id, a.authority_id) = (j.agency_id, j.authority_id)
       AND a.cancelled_at IS NULL AND a.starts_at <= clock_timestamp() AND clock_timestamp() < a.expires_at
    RETURNING 1)
  SELECT count(*) FROM woken $$;

-- Numbers for the health page and the inspector: counts by agency, no content, no ids.
CREATE FUNCTION gate.counts() RETURNS TABLE (agency text, what text, state text, how_many bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT a.short_name, x.what, x.state, x.how_many FROM tandem.agency a JOIN (
    SELECT agency_id, 'delivery' AS what, state, count(*) AS how_many FROM tandem.delivery GROUP BY 1, 3
    UNION ALL SELECT agency_id, 'job', state, count(*) FROM tandem.job GROUP BY 1, 3
    UNION ALL SELECT agency_id, 'referral', state, count(*) FROM tandem.triage_item GROUP BY 1, 3
    UNION ALL SELECT agency_id, 'ledger entry', 'written', count(*) FROM ledger.leaf GROUP BY 1
  ) x USING (agency_id) ORDER BY 1, 2, 3 $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;
