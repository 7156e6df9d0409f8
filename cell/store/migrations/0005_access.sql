-- Who may do what. Grants give verbs, one permissive policy gives membership, and each mandatory dimension is its own
-- RESTRICTIVE policy, so that no later permissive policy can widen it.
GRANT USAGE ON SCHEMA gate TO tandem_gate, tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner,
  tandem_inspector, tandem_export, tandem_administrator;
GRANT USAGE ON SCHEMA tandem TO tandem_founder, tandem_officer, tandem_supervisor, tandem_ingest, tandem_inspector,
  tandem_notifier;
GRANT USAGE ON SCHEMA ledger TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner, tandem_inspector,
  tandem_export, tandem_administrator;
GRANT USAGE ON SCHEMA partner TO tandem_partner, tandem_export;

-- What policies and defaults call.
GRANT EXECUTE ON FUNCTION gate.cell(), gate.acting(), gate.agency(), gate.person(), gate.role(), gate.operations(),
  gate.authorised_operation(), gate.purposed_operation()
  TO tandem_owner, tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner, tandem_inspector, tandem_export,
     tandem_administrator;
GRANT EXECUTE ON FUNCTION gate.cell(), gate.agency(), gate.person() TO tandem_founder;
GRANT EXECUTE ON FUNCTION gate.begin(bytea) TO tandem_officer, tandem_supervisor, tandem_partner, tandem_inspector,
  tandem_export, tandem_administrator;
GRANT EXECUTE ON FUNCTION gate.choose(bytea, uuid, uuid, uuid) TO tandem_officer, tandem_supervisor;
GRANT EXECUTE ON FUNCTION gate.begin_lane(uuid), gate.begin_job(uuid), gate.lease_jobs(integer, integer),
  gate.park_job(uuid, text, text, integer), gate.wake_jobs(), gate.lanes() TO tandem_ingest;
GRANT EXECUTE ON FUNCTION gate.open_session(text, text, bytea, integer, integer, boolean), gate.session_of(bytea),
  gate.close_session(bytea), gate.give_second_factor(bytea), gate.passkeys_of(bytea),
  gate.add_passkey(bytea, bytea, bytea, bigint), gate.use_passkey(bytea, bigint), gate.sender_of(bytea),
  gate.lanes() TO tandem_gate;
GRANT EXECUTE ON FUNCTION gate.counts() TO tandem_administrator, tandem_inspector, tandem_supervisor, tandem_officer;

SET ROLE tandem_owner;

DO $$
DECLARE t regclass;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('tandem', 'gate', 'ledger', 'partner') AND c.relkind = 'r' LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

-- The gatekeeper's functions see the rows that their own conditions choose.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.cell', 'tandem.agency', 'tandem.person', 'tandem.operation',
    'tandem.operation_member', 'tandem.authority', 'tandem.purpose', 'tandem.sender', 'tandem.lane', 'tandem.job',
    'tandem.delivery', 'tandem.triage_item', 'ledger.leaf', 'gate.session', 'gate.passkey', 'gate.context'] LOOP
    EXECUTE format('CREATE POLICY gatekeeper ON %s TO tandem_gatekeeper USING (true)', t);
  END LOOP;
END $$;

-- The founder sets up agencies, people and lanes when a cell is made; nobody logs in as the founder.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.cell', 'tandem.agency', 'tandem.person', 'tandem.operation',
    'tandem.operation_member', 'tandem.authority', 'tandem.purpose', 'tandem.sender', 'tandem.lane'] LOOP
    EXECUTE format('CREATE POLICY founder ON %s TO tandem_founder USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO tandem_founder', t);
  END LOOP;
END $$;

-- (a) Agency: every row that officers, lanes and partners touch belongs to the agency they act for.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.agency', 'tandem.person', 'tandem.operation', 'tandem.operation_member',
    'tandem.authority', 'tandem.purpose', 'tandem.sender', 'tandem.lane', 'tandem.delivery', 'tandem.payload_chunk',
    'tandem.set_aside', 'tandem.referral', 'tandem.relation', 'tandem.referral_counter', 'tandem.triage_item', 'tandem.observable',
    'tandem.mention', 'tandem.fingerprint', 'tandem.list', 'tandem.list_version', 'tandem.list_entry', 'tandem.hit',
    'tandem.triage_score', 'tandem.decision', 'tandem.proposal', 'tandem.note', 'tandem.safeguarding',
    'tandem.read_mark', 'tandem.exposure', 'tandem.job', 'tandem.outbox', 'ledger.leaf', 'ledger.opening',
    'partner.request', 'partner.finding'] LOOP
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE
      TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner
      USING (agency_id = (SELECT gate.agency()))', t);
  END LOOP;
END $$;

-- (b) Membership of the operation, (e) an authority in force for it, (f) a purpose under it.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.delivery', 'tandem.payload_chunk', 'tandem.set_aside', 'tandem.referral',
    'tandem.relation', 'tandem.triage_item', 'tandem.mention', 'tandem.fingerprint', 'tandem.hit', 'tandem.triage_score',
    'tandem.decision', 'tandem.proposal', 'tandem.note', 'tandem.safeguarding', 'tandem.read_mark'] LOOP
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
    EXECUTE format('CREATE POLICY membership ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = (SELECT gate.purposed_operation()))', t);
    -- A lane goes on giving receipts when its authority lapses (delivery, payload); everything after waits.
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor%s
      USING (operation_id = (SELECT gate.authorised_operation()))', t,
      CASE WHEN t IN ('tandem.delivery', 'tandem.payload_chunk') THEN '' ELSE ', tandem_ingest' END);
  END LOOP;
END $$;
CREATE POLICY authority_to_read ON tandem.payload_chunk AS RESTRICTIVE FOR SELECT TO tandem_ingest
  USING (operation_id = (SELECT gate.authorised_operation()));

-- Rows of a whole agency, not of one operation: an authority and a purpose in force, whichever operation they cover.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.referral_counter', 'tandem.observable', 'tandem.list', 'tandem.list_version',
                           'tandem.list_entry'] LOOP
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING ((SELECT gate.authorised_operation()) IS NOT NULL)', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING ((SELECT gate.purposed_operation()) IS NOT NULL)', t);
  END LOOP;
END $$;

-- The frame of the work is visible in one's own agency without an authority: otherwise nobody could choose one.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.agency', 'tandem.person', 'tandem.sender', 'tandem.lane', 'tandem.job'] LOOP
    EXECUTE format('CREATE POLICY own_agency ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['tandem.operation', 'tandem.operation_member', 'tandem.authority', 'tandem.purpose',
                           'tandem.outbox'] LOOP
    EXECUTE format('CREATE POLICY own_operations ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = ANY ((SELECT gate.operations())::uuid[]))', t);
  END LOOP;
END $$;

-- Nobody writes in another's name.
DO $$
DECLARE pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[['tandem.authority', 'created_by'], ['tandem.purpose', 'created_by'],
    ['tandem.decision', 'decided_by'], ['tandem.proposal', 'proposed_by'], ['tandem.note', 'written_by'],
    ['tandem.safeguarding', 'referred_by'], ['tandem.list_version', 'loaded_by'], ['tandem.job', 'person_id'],
    ['ledger.opening', 'person_id'], ['partner.finding', 'given_by']] LOOP
    EXECUTE format('CREATE POLICY own_name ON %s AS RESTRICTIVE FOR INSERT
      TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner, tandem_inspector, tandem_export,
         tandem_administrator
      WITH CHECK (%I = (SELECT gate.person()))', pair[1], pair[2]);
  END LOOP;
END $$;
-- What belongs to one person alone: reading marks, and the exposure count that no manager sees.
CREATE POLICY only_mine ON tandem.read_mark AS RESTRICTIVE TO tandem_officer, tandem_supervisor
  USING (person_id = (SELECT gate.person()));
CREATE POLICY only_mine ON tandem.exposure TO tandem_officer, tandem_supervisor
  USING (person_id = (SELECT gate.person()));

-- The ledger: everyone appends under their own agency; who may read the openings differs.
CREATE POLICY append ON ledger.leaf FOR INSERT TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner,
  tandem_inspector, tandem_export, tandem_administrator WITH CHECK (agency_id = (SELECT gate.agency()));
CREATE POLICY append ON ledger.opening FOR INSERT TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner,
  tandem_inspector, tandem_export, tandem_administrator WITH CHECK (agency_id = (SELECT gate.agency()));
CREATE POLICY own_agency ON ledger.leaf FOR SELECT TO tandem_officer, tandem_supervisor USING (true);
CREATE POLICY own_agency ON ledger.opening FOR SELECT TO tandem_supervisor USING (true);
CREATE POLICY own_entries ON ledger.opening FOR SELECT TO tandem_officer USING (person_id = (SELECT gate.person()));

-- The inspector sees ledger, authorities and purposes of every agency, and no content.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.agency', 'tandem.operation', 'tandem.person', 'tandem.authority', 'tandem.purpose',
                           'ledger.leaf', 'ledger.opening'] LOOP
    EXECUTE format('CREATE POLICY inspection ON %s FOR SELECT TO tandem_inspector
      USING ((SELECT gate.role()) = ''inspector'')', t);
  END LOOP;
END $$;

CREATE POLICY own_desk ON partner.request TO tandem_partner USING (true);
CREATE POLICY own_desk ON partner.finding TO tandem_partner USING (true);
CREATE POLICY released ON partner.request TO tandem_export USING (true);

CREATE POLICY live_updates ON tandem.outbox FOR SELECT TO tandem_notifier USING (true);
CREATE POLICY places ON tandem.outbox FOR UPDATE TO tandem_notifier USING (true);

-- Verbs. What is not granted here cannot be done; nothing is ever deleted by a login.
GRANT SELECT ON tandem.agency, tandem.operation, tandem.operation_member, tandem.authority, tandem.purpose,
  tandem.lane, tandem.delivery, tandem.payload_chunk, tandem.set_aside, tandem.referral, tandem.relation,
  tandem.triage_item, tandem.observable, tandem.mention, tandem.fingerprint, tandem.list, tandem.list_version, tandem.list_entry,
  tandem.hit, tandem.triage_score, tandem.decision, tandem.proposal, tandem.note, tandem.safeguarding,
  tandem.read_mark, tandem.exposure, tandem.job TO tandem_officer, tandem_supervisor;
GRANT SELECT (cell_id, agency_id, person_id, display_name, role, active) ON tandem.person
  TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_inspector;
GRANT SELECT (cell_id, agency_id, sender_id, name, kind, active) ON tandem.sender
  TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT INSERT ON tandem.purpose, tandem.list, tandem.list_version, tandem.list_entry, tandem.decision, tandem.proposal,
  tandem.note, tandem.safeguarding, tandem.read_mark, tandem.exposure, tandem.job, tandem.outbox
  TO tandem_officer, tandem_supervisor;
GRANT UPDATE (version, state, taken_by, held_until, merged_into, confirmed_priority, confirmed_score,
  effective_priority, act_by, changed_at) ON tandem.triage_item TO tandem_officer, tandem_supervisor;
GRANT UPDATE (ended_at) ON tandem.purpose TO tandem_officer, tandem_supervisor;
GRANT UPDATE (state, settled_by, settled_at, settled_reason_sealed) ON tandem.proposal TO tandem_officer, tandem_supervisor;
GRANT UPDATE (acknowledged_by, acknowledged_at, outcome_sealed, closed_by, closed_at) ON tandem.safeguarding
  TO tandem_officer, tandem_supervisor;
GRANT UPDATE (version, score_number, read_at) ON tandem.read_mark TO tandem_officer, tandem_supervisor;
GRANT UPDATE (openings) ON tandem.exposure TO tandem_officer, tandem_supervisor;
GRANT UPDATE (state, file_sha256, records, accepted, remarked, set_aside, perceptual, ended_at, ended_by, end_reason)
  ON tandem.list_version TO tandem_officer, tandem_supervisor;
-- Authorities are made and cancelled by the supervising class alone.
GRANT INSERT ON tandem.authority TO tandem_supervisor;
GRANT UPDATE (cancelled_at, cancelled_by, cancel_reason) ON tandem.authority TO tandem_supervisor;

GRANT SELECT ON tandem.agency, tandem.operation, tandem.operation_member, tandem.authority, tandem.purpose,
  tandem.lane, tandem.list, tandem.list_version, tandem.list_entry, tandem.decision TO tandem_ingest;
GRANT SELECT, INSERT ON tandem.delivery, tandem.payload_chunk, tandem.set_aside, tandem.referral, tandem.relation,
  tandem.referral_counter, tandem.triage_item, tandem.observable, tandem.mention, tandem.fingerprint, tandem.hit,
  tandem.triage_score, tandem.job TO tandem_ingest;
GRANT INSERT ON tandem.outbox TO tandem_ingest;
GRANT UPDATE (state, repeat_of, format, records, accepted, remarked, set_aside, reason_code, reason)
  ON tandem.delivery TO tandem_ingest;
GRANT UPDATE (last) ON tandem.referral_counter TO tandem_ingest;
GRANT UPDATE (version, state, merged_into, computed_priority, effective_priority, child_urgency, offender_danger, act_by,
  hits, changed_at) ON tandem.triage_item TO tandem_ingest;
GRANT UPDATE (state, lease_until, run_after, reason) ON tandem.job TO tandem_ingest;

GRANT INSERT ON ledger.leaf, ledger.opening TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner,
  tandem_inspector, tandem_export, tandem_administrator;
GRANT SELECT ON ledger.leaf TO tandem_officer, tandem_supervisor, tandem_inspector;
GRANT SELECT ON ledger.opening TO tandem_officer, tandem_supervisor, tandem_inspector;
GRANT SELECT ON tandem.agency, tandem.operation, tandem.authority, tandem.purpose TO tandem_inspector;
GRANT SELECT ON partner.request TO tandem_partner;
GRANT SELECT, INSERT ON partner.finding TO tandem_partner;
GRANT SELECT, INSERT ON partner.request TO tandem_export;
GRANT SELECT, UPDATE (position) ON tandem.outbox TO tandem_notifier;

RESET ROLE;
