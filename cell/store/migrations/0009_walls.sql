-- Rows of a whole agency: the authority is for an operation that one is a member of at this moment, and the purpose is
-- under the same operation.
SET ROLE tandem_owner;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.referral_counter', 'tandem.observable', 'tandem.list', 'tandem.list_version',
                           'tandem.list_entry'] LOOP
    EXECUTE format('DROP POLICY authority ON %s', t);
    EXECUTE format('DROP POLICY purpose ON %s', t);
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING ((SELECT gate.authorised_operation()) = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING ((SELECT gate.purposed_operation()) = (SELECT gate.authorised_operation()))', t);
  END LOOP;
END $$;

-- What leaves for a partner leaves under an authority, like everything else.
CREATE POLICY authority ON partner.request AS RESTRICTIVE TO tandem_export
  USING ((SELECT gate.authorised_operation()) = ANY ((SELECT gate.operations())::uuid[]));
CREATE POLICY purpose ON partner.request AS RESTRICTIVE TO tandem_export
  USING ((SELECT gate.purposed_operation()) = (SELECT gate.authorised_operation()));

-- Nobody signs a change in another's name, and nobody takes a signature back: a cancelled authority stays cancelled,
-- and no proposer approves their own proposal under a colleague's name.
CREATE FUNCTION tandem.sign_own_name() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE signature text;
BEGIN
  FOREACH signature IN ARRAY TG_ARGV LOOP
    IF to_jsonb(NEW) ->> signature IS DISTINCT FROM to_jsonb(OLD) ->> signature
       AND to_jsonb(NEW) ->> signature IS DISTINCT FROM gate.person()::text THEN
      RAISE EXCEPTION 'signed in another name' USING ERRCODE = '42501';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.authority
  FOR EACH ROW WHEN (current_user <> 'tandem_founder') EXECUTE FUNCTION tandem.sign_own_name('cancelled_by');
CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.proposal
  FOR EACH ROW EXECUTE FUNCTION tandem.sign_own_name('settled_by');
CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.safeguarding
  FOR EACH ROW EXECUTE FUNCTION tandem.sign_own_name('acknowledged_by', 'closed_by');
CREATE TRIGGER sign_own_name BEFORE UPDATE ON tandem.list_version
  FOR EACH ROW EXECUTE FUNCTION tandem.sign_own_name('ended_by');
-- An ended purpose is not revived.
CREATE POLICY not_revived ON tandem.purpose AS RESTRICTIVE FOR UPDATE TO tandem_officer, tandem_supervisor
  USING (ended_at IS NULL OR clock_timestamp() < ended_at) WITH CHECK (true);
RESET ROLE;

GRANT CREATE ON SCHEMA gate TO tandem_gatekeeper;
SET ROLE tandem_gatekeeper;
-- Numbers for the health page: each agency its own, all for those who watch over the cell.
CREATE OR REPLACE FUNCTION gate.counts() RETURNS TABLE (agency text, what text, state text, how_many bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT a.short_name, x.what, x.state, x.how_many FROM tandem.agency a JOIN (
    SELECT agency_id, 'delivery' AS what, state, count(*) AS how_many FROM tandem.delivery GROUP BY 1, 3
    UNION ALL SELECT agency_id, 'job', state, count(*) FROM tandem.job GROUP BY 1, 3
    UNION ALL SELECT agency_id, 'referral', state, count(*) FROM tandem.triage_item GROUP BY 1, 3
    UNION ALL SELECT agency_id, 'ledger entry', 'written', count(*) FROM ledger.leaf GROUP BY 1
  ) x USING (agency_id)
   WHERE a.agency_id = gate.agency() OR session_user IN ('tandem_administrator', 'tandem_inspector')
   ORDER BY 1, 2, 3 $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA gate FROM tandem_gatekeeper;
SET ROLE tandem_owner;
-- nothing reads the priority there
REVOKE SELECT (effective_priority) ON tandem.triage_item FROM tandem_gatekeeper;
RESET ROLE;
