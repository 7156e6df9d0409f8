-- Who is who: people as referrals tell of them, what people decided about them, and the subjects that follow from both.
-- Everything stays inside one operation of one agency: a link never shows, nor hints at, what somebody may not see.
-- No value stands here: values are observables, known by a keyed token; what is written stays sealed with its referral.
SET ROLE tandem_owner;

-- One person as one referral tells of them. Never edited; only where it stands changes.
CREATE TABLE tandem.appearance (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency(),
  operation_id  uuid NOT NULL,
  appearance_id uuid NOT NULL,
  referral_id   uuid NOT NULL,
  person        integer NOT NULL CHECK (person >= 0),
  role          text NOT NULL CHECK (role IN ('reported', 'recipient', 'victim', 'reporter', 'other')),
  -- Names and dates of birth, for comparing.
  particulars_sealed bytea NOT NULL,
  -- What hangs together, and which of it is believed to be one person.
  component_id  uuid NOT NULL,
  subject_id    uuid NOT NULL,
  -- Its referral was erased by law: it takes no part any more.
  erased_at     timestamptz,
  PRIMARY KEY (agency_id, appearance_id),
  UNIQUE (agency_id, referral_id, person),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral
);
CREATE INDEX appearance_component ON tandem.appearance (agency_id, component_id);
CREATE INDEX appearance_subject ON tandem.appearance (agency_id, subject_id);

CREATE TABLE tandem.appearance_value (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency(),
  operation_id  uuid NOT NULL,
  appearance_id uuid NOT NULL,
  number        integer NOT NULL,
  observable_id uuid NOT NULL,
  kind          text NOT NULL,
  -- Of an address of the internet.
  used_at       timestamptz,
  port          integer CHECK (port BETWEEN 0 AND 65535),
  PRIMARY KEY (agency_id, appearance_id, number),
  FOREIGN KEY (agency_id, appearance_id) REFERENCES tandem.appearance,
  FOREIGN KEY (agency_id, observable_id) REFERENCES tandem.observable
);
CREATE INDEX appearance_value_observable ON tandem.appearance_value (agency_id, observable_id);

-- What people and rules did. Undone by a further act that names it; nothing is deleted.
CREATE TABLE tandem.link_act (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency(),
  operation_id  uuid NOT NULL,
  act_id        uuid NOT NULL,
  -- Acts of one decision share it: several pairs may be parted by one.
  decision_id   uuid NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('must link', 'cannot link', 'suppress', 'undo')),
  one           uuid,
  other         uuid,
  observable_id uuid,
  undoes        uuid,
  expires_at    timestamptz,
  -- Why a value is generic: a list with its version and source, counts of identities, or a person. No value.
  ground        jsonb,
  -- The person's own words and references, under the key of the referral that `one` stands in, or of the act itself.
  reason_sealed bytea,
  made_by       uuid NOT NULL DEFAULT gate.person(),
  made_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, act_id),
  UNIQUE (agency_id, undoes),
  FOREIGN KEY (agency_id, one) REFERENCES tandem.appearance,
  FOREIGN KEY (agency_id, other) REFERENCES tandem.appearance,
  FOREIGN KEY (agency_id, observable_id) REFERENCES tandem.observable,
  FOREIGN KEY (agency_id, undoes) REFERENCES tandem.link_act,
  FOREIGN KEY (agency_id, made_by) REFERENCES tandem.person,
  CHECK ((kind IN ('must link', 'cannot link')) = (one IS NOT NULL)),
  CHECK ((one IS NULL) = (other IS NULL) AND one IS DISTINCT FROM other OR one IS NULL),
  CHECK ((kind = 'suppress') = (observable_id IS NOT NULL)),
  CHECK ((kind = 'suppress') = (ground IS NOT NULL)),
  CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
  CHECK (kind NOT IN ('must link', 'cannot link') OR reason_sealed IS NOT NULL)
);
CREATE INDEX link_act_one ON tandem.link_act (agency_id, one) WHERE one IS NOT NULL;
CREATE INDEX link_act_other ON tandem.link_act (agency_id, other) WHERE other IS NOT NULL;
CREATE INDEX link_act_observable ON tandem.link_act (agency_id, observable_id) WHERE observable_id IS NOT NULL;
CREATE INDEX link_act_decision ON tandem.link_act (agency_id, decision_id);
CREATE INDEX link_act_operation ON tandem.link_act (agency_id, operation_id, made_at);

-- A subject as it stands: its id is that of the appearance that was received first.
CREATE TABLE tandem.subject (
  cell_id         uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id       uuid NOT NULL DEFAULT gate.agency(),
  operation_id    uuid NOT NULL,
  subject_id      uuid NOT NULL,
  version         integer NOT NULL CHECK (version > 0),
  -- 0: its appearances went elsewhere; the versions tell where.
  appearances     integer NOT NULL CHECK (appearances >= 0),
  reported        integer NOT NULL,
  score_number    integer NOT NULL,
  priority        text NOT NULL CHECK (priority IN ('P1', 'P2', 'P3')),
  rank            integer NOT NULL,
  changed_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, subject_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation
);
CREATE INDEX subject_ranked ON tandem.subject (agency_id, operation_id, priority, (-rank), subject_id)
  WHERE appearances > 0 AND reported > 0;

-- What was shown: which appearances, what held them together and how heavily, by which model. Officers cite id and version.
CREATE TABLE tandem.subject_version (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  subject_id   uuid NOT NULL,
  version      integer NOT NULL CHECK (version > 0),
  appearances  uuid[] NOT NULL,
  became       uuid[] NOT NULL,
  held_by      jsonb NOT NULL,
  model        text NOT NULL,
  because      text NOT NULL,
  made_by      uuid NOT NULL DEFAULT gate.person(),
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, subject_id, version),
  FOREIGN KEY (agency_id, subject_id) REFERENCES tandem.subject,
  FOREIGN KEY (agency_id, made_by) REFERENCES tandem.person
);

-- Every rank ever computed, with its weight set and reasons (places only, no quotation).
CREATE TABLE tandem.subject_score (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  subject_id   uuid NOT NULL,
  number       integer NOT NULL,
  version      integer NOT NULL,
  score        jsonb NOT NULL,
  scored_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, subject_id, number),
  FOREIGN KEY (agency_id, subject_id) REFERENCES tandem.subject
);

-- What a person saw last, so that the next look can say what changed.
CREATE TABLE tandem.subject_mark (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  person_id    uuid NOT NULL DEFAULT gate.person(),
  subject_id   uuid NOT NULL,
  version      integer NOT NULL,
  score_number integer NOT NULL,
  read_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, person_id, subject_id)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tandem.appearance', 'tandem.appearance_value', 'tandem.link_act', 'tandem.subject',
                           'tandem.subject_version', 'tandem.subject_score', 'tandem.subject_mark'] LOOP
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
  FOREACH t IN ARRAY ARRAY['tandem.link_act', 'tandem.subject_version'] LOOP
    EXECUTE format('CREATE POLICY own_name ON %s AS RESTRICTIVE FOR INSERT
      TO tandem_officer, tandem_supervisor, tandem_ingest WITH CHECK (made_by = (SELECT gate.person()))', t);
  END LOOP;
END $$;
CREATE POLICY only_mine ON tandem.subject_mark AS RESTRICTIVE TO tandem_officer, tandem_supervisor
  USING (person_id = (SELECT gate.person()));

GRANT SELECT ON tandem.appearance, tandem.appearance_value, tandem.link_act, tandem.subject, tandem.subject_version,
  tandem.subject_score TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT INSERT ON tandem.appearance, tandem.appearance_value TO tandem_ingest;
GRANT INSERT ON tandem.link_act, tandem.subject, tandem.subject_version, tandem.subject_score
  TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT UPDATE (component_id, subject_id) ON tandem.appearance TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT UPDATE (erased_at) ON tandem.appearance TO tandem_supervisor;
GRANT UPDATE (version, appearances, reported, score_number, priority, rank, changed_at) ON tandem.subject
  TO tandem_officer, tandem_supervisor, tandem_ingest;
GRANT SELECT, INSERT ON tandem.subject_mark TO tandem_officer, tandem_supervisor;
GRANT UPDATE (version, score_number, read_at) ON tandem.subject_mark TO tandem_officer, tandem_supervisor;

-- What was read before people were linked is linked now, delivery by delivery, with the rights under which it was read.
-- The owner sees rows only while a policy says so.
CREATE POLICY once ON tandem.delivery TO tandem_owner USING (true);
CREATE POLICY once ON tandem.job TO tandem_owner USING (true);
INSERT INTO tandem.job (cell_id, agency_id, job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id,
                        lane_id)
SELECT d.cell_id, d.agency_id, gen_random_uuid(), 'link', d.delivery_id, d.operation_id, j.person_id, j.authority_id,
       j.purpose_id, j.lane_id
  FROM tandem.delivery d
  JOIN tandem.job j ON j.agency_id = d.agency_id AND j.subject_id = d.delivery_id AND j.kind = 'read delivery'
 WHERE d.state = 'read';
DROP POLICY once ON tandem.delivery;
DROP POLICY once ON tandem.job;
RESET ROLE;
