-- Who is tied to whom without being one person: files, means of payment and homes in the hands of the people of referrals,
-- and who was in touch with whom. What stands here is what a referral says; ties are told from it each time, and never
-- stored. As with links, everything stays inside one operation of one agency, and no value stands here in the clear.
SET ROLE tandem_owner;

CREATE TABLE tandem.tie_value (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency(),
  operation_id  uuid NOT NULL,
  appearance_id uuid NOT NULL,
  number        integer NOT NULL CHECK (number >= 0),
  relation      text NOT NULL CHECK (relation IN ('household', 'shared file', 'payment')),
  -- How the person stands to it: postal address, fixed line; uploaded, viral; own, paid to, named, wrote.
  how           text NOT NULL,
  observable_id uuid NOT NULL,
  kind          text NOT NULL,
  -- Digests of one file are one file.
  file          integer,
  held_at       timestamptz,
  -- What officers read, under the key of the referral.
  written_sealed bytea NOT NULL,
  PRIMARY KEY (agency_id, appearance_id, number),
  FOREIGN KEY (agency_id, appearance_id) REFERENCES tandem.appearance,
  FOREIGN KEY (agency_id, observable_id) REFERENCES tandem.observable
);
CREATE INDEX tie_value_observable ON tandem.tie_value (agency_id, observable_id);

CREATE TABLE tandem.tie_contact (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency(),
  operation_id  uuid NOT NULL,
  referral_id   uuid NOT NULL,
  number        integer NOT NULL CHECK (number >= 0),
  how           text NOT NULL CHECK (how IN ('content', 'message', 'call', 'conversation', 'listed')),
  one           uuid NOT NULL,
  -- Null: a conversation of so many that it ties nobody; it is told by their number.
  other         uuid,
  parties       integer,
  times         integer NOT NULL CHECK (times > 0),
  first_at      timestamptz,
  last_at       timestamptz,
  PRIMARY KEY (agency_id, referral_id, number),
  FOREIGN KEY (agency_id, one) REFERENCES tandem.appearance,
  FOREIGN KEY (agency_id, other) REFERENCES tandem.appearance,
  CHECK (one <> other),
  CHECK ((other IS NULL) = (parties IS NOT NULL))
);
CREATE INDEX tie_contact_one ON tandem.tie_contact (agency_id, one);
CREATE INDEX tie_contact_other ON tandem.tie_contact (agency_id, other) WHERE other IS NOT NULL;

-- Whether it was asked what the referral says of ties: what was linked before is asked now.
ALTER TABLE tandem.appearance ADD COLUMN ties_told boolean NOT NULL DEFAULT false;
ALTER TABLE tandem.appearance ALTER COLUMN ties_told SET DEFAULT true;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.tie_value', 'tandem.tie_contact'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY agency ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (agency_id = (SELECT gate.agency()))', t);
    EXECUTE format('CREATE POLICY works_here ON %s TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (true)', t);
    EXECUTE format('CREATE POLICY membership ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = ANY ((SELECT gate.operations())::uuid[]))', t);
    EXECUTE format('CREATE POLICY purpose ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = (SELECT gate.purposed_operation()))', t);
    EXECUTE format('CREATE POLICY authority ON %s AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest
      USING (operation_id = (SELECT gate.authorised_operation()))', t);
  END LOOP;
END $$;
GRANT SELECT ON tandem.tie_value, tandem.tie_contact TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT INSERT ON tandem.tie_value, tandem.tie_contact TO tandem_ingest;
GRANT UPDATE (ties_told) ON tandem.appearance TO tandem_ingest;

-- Delivery by delivery, the newest first and one a second, with the rights under which it was read: whatever comes in
-- meanwhile is older than the rest and goes before it. The owner sees rows only while a policy says so.
CREATE POLICY once ON tandem.delivery TO tandem_owner USING (true);
CREATE POLICY once ON tandem.job TO tandem_owner USING (true);
INSERT INTO tandem.job (cell_id, agency_id, job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id,
                        lane_id, run_after)
SELECT d.cell_id, d.agency_id, gen_random_uuid(), 'link', d.delivery_id, d.operation_id, j.person_id, j.authority_id,
       j.purpose_id, j.lane_id,
       clock_timestamp() + row_number() OVER (ORDER BY d.delivery_id DESC) * interval '1 second'
  FROM tandem.delivery d
  JOIN tandem.job j ON j.agency_id = d.agency_id AND j.subject_id = d.delivery_id AND j.kind = 'read delivery'
 WHERE d.state = 'read';
DROP POLICY once ON tandem.delivery;
DROP POLICY once ON tandem.job;
RESET ROLE;
