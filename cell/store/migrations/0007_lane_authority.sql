-- When a lane's authority lapses, a duty manager gives it a new one; what waited for it goes on under the new one.
GRANT USAGE, CREATE ON SCHEMA gate TO tandem_gatekeeper;
SET ROLE tandem_owner;
GRANT UPDATE (authority_id) ON tandem.lane TO tandem_gatekeeper;
GRANT UPDATE (authority_id) ON tandem.job TO tandem_gatekeeper;
RESET ROLE;

SET ROLE tandem_gatekeeper;
-- Only within the caller's own agency, for a lane of an operation they belong to, and only to an authority that is in
-- force and covers that lane's operation.
CREATE FUNCTION gate.give_lane_authority(p_lane uuid, p_authority uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE acting gate.context := gate.acting(); woken bigint;
BEGIN
  UPDATE tandem.lane l SET authority_id = p_authority
   WHERE l.agency_id = acting.agency_id AND l.lane_id = p_lane
     AND l.operation_id = ANY (gate.operations())
     AND EXISTS (SELECT FROM tandem.authority a WHERE a.agency_id = l.agency_id AND a.authority_id = p_authority
                   AND a.operation_id = l.operation_id AND a.cancelled_at IS NULL
                   AND a.starts_at <= clock_timestamp() AND clock_timestamp() < a.expires_at);
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE tandem.job j SET authority_id = p_authority, state = 'ready', run_after = clock_timestamp()
   WHERE j.agency_id = acting.agency_id AND j.lane_id = p_lane AND j.state IN ('ready', 'awaiting authority');
  GET DIAGNOSTICS woken = ROW_COUNT;
  RETURN woken;
END $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;
GRANT EXECUTE ON FUNCTION gate.give_lane_authority(uuid, uuid) TO tandem_supervisor;
