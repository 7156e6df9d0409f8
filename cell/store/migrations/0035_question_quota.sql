-- How many questions another agency may put to one of ours in a window of time: a blind run takes one for each padded
-- place of its list, a single lookup takes one. Taken before anything is evaluated, and never given back.
SET ROLE tandem_owner;
CREATE TABLE gate.question_quota (
  cell_id       uuid NOT NULL REFERENCES tandem.cell,
  agency_id     uuid NOT NULL,
  peer          text NOT NULL CHECK (length(peer) BETWEEN 1 AND 128),
  window_starts timestamptz NOT NULL,
  used          bigint NOT NULL CHECK (used > 0),
  PRIMARY KEY (agency_id, peer, window_starts),
  FOREIGN KEY (agency_id) REFERENCES tandem.agency
);
ALTER TABLE gate.question_quota ENABLE ROW LEVEL SECURITY;
ALTER TABLE gate.question_quota FORCE ROW LEVEL SECURITY;
CREATE POLICY gatekeeper ON gate.question_quota TO tandem_gatekeeper USING (true);
GRANT SELECT, INSERT, UPDATE ON gate.question_quota TO tandem_gatekeeper;
RESET ROLE;

GRANT USAGE, CREATE ON SCHEMA gate TO tandem_gatekeeper;
SET ROLE tandem_gatekeeper;
-- What is left after taking, or null when nothing was taken: all of the questions or none. The row is locked while it is
-- changed, and its newest state decides, so that of many at once exactly as many pass as are allowed.
CREATE FUNCTION gate.take_questions(p_peer text, p_questions bigint, p_allowed bigint, p_window interval) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE acting gate.context := gate.acting(); taken bigint;
BEGIN
  IF p_questions NOT BETWEEN 1 AND p_allowed THEN RETURN NULL; END IF;
  IF gate.authorised_operation() IS NULL THEN RETURN NULL; END IF;
  IF gate.purposed_operation() IS NULL THEN RETURN NULL; END IF;
  INSERT INTO gate.question_quota AS q (cell_id, agency_id, peer, window_starts, used)
  VALUES (acting.cell_id, acting.agency_id, p_peer,
          date_bin(p_window, clock_timestamp(), timestamptz '2000-01-01 00:00:00+00'), p_questions)
  ON CONFLICT (agency_id, peer, window_starts) DO UPDATE SET used = q.used + excluded.used
   WHERE q.used + excluded.used <= p_allowed
  RETURNING q.used INTO taken;
  RETURN p_allowed - taken;
END $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;
GRANT EXECUTE ON FUNCTION gate.take_questions(text, bigint, bigint, interval) TO tandem_officer, tandem_supervisor;
