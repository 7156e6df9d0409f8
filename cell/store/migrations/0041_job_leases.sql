-- A lease is known by its attempt. A worker that was slow for longer than its lease may find the job leased anew, or
-- done, by another: then it neither begins nor parks what is no longer its own, and is told so.
GRANT CREATE ON SCHEMA gate TO tandem_gatekeeper;
SET ROLE tandem_gatekeeper;

DROP FUNCTION gate.begin_job(uuid);
CREATE FUNCTION gate.begin_job(p_job uuid, p_attempt integer) RETURNS gate.standing
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE j tandem.job; p tandem.person;
BEGIN
  SELECT * INTO j FROM tandem.job WHERE job_id = p_job AND state = 'leased' AND attempts = p_attempt FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the lease is over' USING ERRCODE = 'TD006';
  END IF;
  SELECT * INTO p FROM tandem.person WHERE agency_id = j.agency_id AND person_id = j.person_id AND active;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the person who asked is no longer active' USING ERRCODE = 'TD001';
  END IF;
  RETURN gate.enter(j.agency_id, j.person_id, p.role, j.operation_id, j.authority_id, j.purpose_id, j.lane_id, NULL);
END $$;

DROP FUNCTION gate.park_job(uuid, text, text, integer);
CREATE FUNCTION gate.park_job(p_job uuid, p_attempt integer, p_state text, p_reason text, retry_seconds integer)
RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  WITH parked AS (
    UPDATE tandem.job SET state = p_state, reason = p_reason, lease_until = NULL,
           run_after = clock_timestamp() + make_interval(secs => retry_seconds)
     WHERE job_id = p_job AND state = 'leased' AND attempts = p_attempt
       AND p_state IN ('ready', 'awaiting authority', 'failed')
    RETURNING 1)
  SELECT EXISTS (SELECT FROM parked) $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;
GRANT EXECUTE ON FUNCTION gate.begin_job(uuid, integer), gate.park_job(uuid, integer, text, text, integer)
  TO tandem_ingest;
