-- Lists that change entry by entry (hash sharing, signals, tombstones). Nothing is overwritten: an entry is added, or its
-- end is added, each under the change that brought it. A hit looks at both, so an end reaches every hit when it is there.
SET ROLE tandem_owner;

CREATE TABLE tandem.list_change (
  cell_id     uuid NOT NULL DEFAULT gate.cell(),
  agency_id   uuid NOT NULL DEFAULT gate.agency(),
  change_id   uuid NOT NULL,
  version_id  uuid NOT NULL,
  number      integer NOT NULL,
  -- Null where a person ended one entry by hand.
  format      text,
  file_sha256 bytea,
  records     bigint NOT NULL,
  accepted    bigint NOT NULL,
  remarked    bigint NOT NULL,
  set_aside   bigint NOT NULL,
  -- Entries from this number on came with the change.
  first       bigint NOT NULL,
  added       bigint NOT NULL,
  withdrawn   bigint NOT NULL,
  replaced    bigint NOT NULL,
  loaded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  loaded_by   uuid NOT NULL DEFAULT gate.person(),
  PRIMARY KEY (agency_id, change_id),
  UNIQUE (agency_id, version_id, number),
  UNIQUE (agency_id, version_id, file_sha256),
  FOREIGN KEY (agency_id, version_id) REFERENCES tandem.list_version,
  CHECK (records = accepted + remarked + set_aside),
  CHECK ((format IS NULL) = (file_sha256 IS NULL))
);

-- What one entry is called in a list that changes entry by entry, and what its publisher and others say of it.
ALTER TABLE tandem.list_entry ADD COLUMN key text, ADD COLUMN note text;
CREATE INDEX list_entry_key ON tandem.list_entry (agency_id, version_id, key) WHERE key IS NOT NULL;

CREATE TABLE tandem.list_entry_end (
  cell_id    uuid NOT NULL DEFAULT gate.cell(),
  agency_id  uuid NOT NULL DEFAULT gate.agency(),
  version_id uuid NOT NULL,
  number     bigint NOT NULL,
  change_id  uuid NOT NULL,
  how        text NOT NULL CHECK (how IN ('withdrawn', 'replaced')),
  reason     text NOT NULL,
  PRIMARY KEY (agency_id, version_id, number),
  FOREIGN KEY (agency_id, version_id) REFERENCES tandem.list_version,
  -- The account of a change is known when its last record is in.
  FOREIGN KEY (agency_id, change_id) REFERENCES tandem.list_change DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX list_entry_end_change ON tandem.list_entry_end (agency_id, change_id);

-- What was agreed with a sender about one kind of file. A new one of the same name is one more, never another.
CREATE TABLE tandem.list_profile (
  cell_id   uuid NOT NULL DEFAULT gate.cell(),
  agency_id uuid NOT NULL DEFAULT gate.agency(),
  name      text NOT NULL,
  version   integer NOT NULL,
  profile   jsonb NOT NULL,
  saved_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  saved_by  uuid NOT NULL DEFAULT gate.person(),
  PRIMARY KEY (agency_id, name, version)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.list_change', 'tandem.list_entry_end', 'tandem.list_profile'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE
      TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner
      USING (agency_id = (SELECT gate.agency()))', t);
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING ((SELECT gate.authorised_operation()) = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING ((SELECT gate.purposed_operation()) = (SELECT gate.authorised_operation()))', t);
    EXECUTE format('GRANT SELECT ON %s TO tandem_officer, tandem_supervisor, tandem_ingest', t);
    EXECUTE format('GRANT INSERT ON %s TO tandem_officer, tandem_supervisor', t);
  END LOOP;
END $$;
CREATE POLICY own_name ON tandem.list_change AS RESTRICTIVE FOR INSERT TO tandem_officer, tandem_supervisor
  WITH CHECK (loaded_by = (SELECT gate.person()));
CREATE POLICY own_name ON tandem.list_profile AS RESTRICTIVE FOR INSERT TO tandem_officer, tandem_supervisor
  WITH CHECK (saved_by = (SELECT gate.person()));
RESET ROLE;
