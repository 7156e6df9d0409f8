-- What the cell holds. Every row carries cell and agency; no foreign key crosses agencies; uniqueness is per agency.
-- Columns named *_sealed are envelopes of the agency's key, opened only outside the database.
SET ROLE tandem_owner;

-- One arrival of bytes by a lane. The receipt is given when this row is on disk.
CREATE TABLE tandem.delivery (
  cell_id          uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id        uuid NOT NULL DEFAULT gate.agency(),
  operation_id     uuid NOT NULL,
  delivery_id      uuid NOT NULL,
  lane_id          uuid NOT NULL,
  sender_id        uuid NOT NULL,
  idempotency_key  text NOT NULL,
  name_sealed      bytea NOT NULL,
  original_sha256  bytea NOT NULL CHECK (octet_length(original_sha256) = 32),
  original_length  bigint NOT NULL,
  stripped         jsonb NOT NULL DEFAULT '[]',
  -- The payload is then what was kept of its members.
  container        text CHECK (container IN ('zip', 'tar', 'warc', 'wacz')),
  received_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  state            text NOT NULL CHECK (state IN ('received', 'awaiting authority', 'read', 'refused', 'repeat')),
  repeat_of        uuid,
  format           text,
  records          bigint NOT NULL DEFAULT 0,
  accepted         bigint NOT NULL DEFAULT 0,
  remarked         bigint NOT NULL DEFAULT 0,
  set_aside        bigint NOT NULL DEFAULT 0,
  reason_code      text,
  reason           text,
  -- Under what it was received; a lane may work under another authority later.
  authority_id     uuid DEFAULT (gate.acting()).authority_id,
  purpose_id       uuid DEFAULT (gate.acting()).purpose_id,
  PRIMARY KEY (agency_id, delivery_id),
  UNIQUE (agency_id, lane_id, sender_id, idempotency_key),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, lane_id) REFERENCES tandem.lane,
  FOREIGN KEY (agency_id, sender_id) REFERENCES tandem.sender,
  FOREIGN KEY (agency_id, repeat_of) REFERENCES tandem.delivery,
  FOREIGN KEY (agency_id, authority_id) REFERENCES tandem.authority,
  FOREIGN KEY (agency_id, purpose_id) REFERENCES tandem.purpose,
  CHECK (records = accepted + remarked + set_aside)
);
CREATE INDEX delivery_digest ON tandem.delivery (agency_id, original_sha256);
CREATE INDEX delivery_recent ON tandem.delivery (agency_id, received_at DESC);

-- The guarded bytes: append-only, sealed, chunked.
CREATE TABLE tandem.payload_chunk (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  delivery_id  uuid NOT NULL,
  number       integer NOT NULL CHECK (number >= 0),
  bytes_sealed bytea NOT NULL,
  PRIMARY KEY (agency_id, delivery_id, number),
  FOREIGN KEY (agency_id, delivery_id) REFERENCES tandem.delivery
);

CREATE TABLE tandem.set_aside (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  delivery_id  uuid NOT NULL,
  number       bigint NOT NULL,
  place        text NOT NULL,
  code         text NOT NULL,
  says         text NOT NULL,
  PRIMARY KEY (agency_id, delivery_id, number),
  FOREIGN KEY (agency_id, delivery_id) REFERENCES tandem.delivery
);

-- One report received. Never edited: supplements point to it, the desk's work stands in triage_item.
CREATE TABLE tandem.referral (
  cell_id           uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id         uuid NOT NULL DEFAULT gate.agency(),
  operation_id      uuid NOT NULL,
  referral_id       uuid NOT NULL,
  number            bigint NOT NULL,
  delivery_id       uuid NOT NULL,
  sender_id         uuid NOT NULL,
  place             text NOT NULL,
  format            text NOT NULL,
  reference         text,
  incident_kind     text,
  received_at       timestamptz NOT NULL,
  incident_at       timestamptz,
  detected_at       timestamptz,
  declared_priority text CHECK (declared_priority IN ('P1', 'P2', 'P3')),
  supplement_reference text,
  -- How many there are; their places hold the sender's own words and stay in the sealed record.
  remarks           integer NOT NULL DEFAULT 0,
  unknown_fields    integer NOT NULL DEFAULT 0,
  people            integer NOT NULL,
  files             integer NOT NULL,
  record_sealed     bytea NOT NULL,
  PRIMARY KEY (agency_id, referral_id),
  UNIQUE (agency_id, number),
  UNIQUE (agency_id, delivery_id, place),
  FOREIGN KEY (agency_id, delivery_id) REFERENCES tandem.delivery,
  FOREIGN KEY (agency_id, sender_id) REFERENCES tandem.sender,
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation
);
CREATE INDEX referral_reference ON tandem.referral (agency_id, sender_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX referral_supplement ON tandem.referral (agency_id, sender_id, supplement_reference)
  WHERE supplement_reference IS NOT NULL;

-- How one referral stands to another, found by a rule and never removed.
CREATE TABLE tandem.relation (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  from_id      uuid NOT NULL,
  to_id        uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('supplement', 'same incident', 'same account', 'viral copy')),
  because      text NOT NULL,
  found_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, from_id, to_id, kind),
  FOREIGN KEY (agency_id, from_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, to_id) REFERENCES tandem.referral
);
CREATE INDEX relation_to ON tandem.relation (agency_id, to_id);

-- Officers say "R-1042" on the telephone. Counted per agency, so a number tells nothing of the other agency.
CREATE TABLE tandem.referral_counter (
  cell_id   uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id uuid PRIMARY KEY DEFAULT gate.agency() REFERENCES tandem.agency,
  last      bigint NOT NULL
);

-- Where a referral stands on the desk. Changed only together with a decision or a score.
CREATE TABLE tandem.triage_item (
  cell_id             uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id           uuid NOT NULL DEFAULT gate.agency(),
  operation_id        uuid NOT NULL,
  referral_id         uuid NOT NULL,
  version             integer NOT NULL DEFAULT 1,
  state               text NOT NULL CHECK (state IN ('open', 'taken', 'held', 'merged', 'declined', 'closed', 'folded')),
  taken_by            uuid,
  held_until          timestamptz,
  merged_into         uuid,
  declared_priority   text CHECK (declared_priority IN ('P1', 'P2', 'P3')),
  computed_priority   text NOT NULL CHECK (computed_priority IN ('P1', 'P2', 'P3')),
  confirmed_priority  text CHECK (confirmed_priority IN ('P1', 'P2', 'P3')),
  -- The score that the person had before their eyes: only what is new since then may raise it again.
  confirmed_score     integer,
  effective_priority  text NOT NULL CHECK (effective_priority IN ('P1', 'P2', 'P3')),
  child_urgency       integer NOT NULL,
  offender_danger     integer NOT NULL,
  act_by              timestamptz NOT NULL,
  received_at         timestamptz NOT NULL,
  hits                integer NOT NULL DEFAULT 0,
  changed_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, referral_id),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, taken_by) REFERENCES tandem.person,
  FOREIGN KEY (agency_id, merged_into) REFERENCES tandem.referral,
  CHECK ((confirmed_priority IS NULL) = (confirmed_score IS NULL)),
  CHECK ((state = 'taken') = (taken_by IS NOT NULL)),
  CHECK ((state = 'held') = (held_until IS NOT NULL)),
  CHECK ((state IN ('merged', 'folded')) = (merged_into IS NOT NULL))
);
-- The order of the queue: priority, then the clock, then the child, then the offender, then first come.
CREATE INDEX triage_queue ON tandem.triage_item
  (agency_id, operation_id, effective_priority, act_by, (-child_urgency), (-offender_danger), received_at, referral_id)
  WHERE state IN ('open', 'taken', 'held');
CREATE INDEX triage_folded ON tandem.triage_item (agency_id, merged_into) WHERE merged_into IS NOT NULL;

-- A normal form, one per agency and kind, found by a keyed token and never by its text.
CREATE TABLE tandem.observable (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency() REFERENCES tandem.agency,
  observable_id uuid NOT NULL,
  kind          text NOT NULL,
  token         bytea NOT NULL,
  normal_sealed bytea NOT NULL,
  PRIMARY KEY (agency_id, observable_id),
  UNIQUE (agency_id, kind, token)
);

CREATE TABLE tandem.mention (
  cell_id         uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id       uuid NOT NULL DEFAULT gate.agency(),
  operation_id    uuid NOT NULL,
  mention_id      uuid NOT NULL,
  referral_id     uuid NOT NULL,
  observable_id   uuid NOT NULL,
  place           text NOT NULL,
  person          integer,
  person_role     text,
  strength        text NOT NULL,
  because         text NOT NULL,
  original_sealed bytea NOT NULL,
  PRIMARY KEY (agency_id, mention_id),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, observable_id) REFERENCES tandem.observable
);
CREATE INDEX mention_referral ON tandem.mention (agency_id, referral_id);
CREATE INDEX mention_observable ON tandem.mention (agency_id, observable_id);

-- Digests of files named in a referral. Not secret by themselves; perceptual hashes stay in the sealed record.
CREATE TABLE tandem.fingerprint (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  referral_id  uuid NOT NULL,
  file         integer NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('md5', 'sha1', 'sha256', 'pdq')),
  value        bytea NOT NULL,
  place        text NOT NULL,
  PRIMARY KEY (agency_id, referral_id, file, kind, value),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral
);
CREATE INDEX fingerprint_value ON tandem.fingerprint (agency_id, kind, value);
-- Perceptual hashes are compared with a new list one by one.
CREATE INDEX fingerprint_perceptual ON tandem.fingerprint (agency_id, referral_id, file, value) WHERE kind = 'pdq';

CREATE TABLE tandem.list (
  cell_id   uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id uuid NOT NULL DEFAULT gate.agency() REFERENCES tandem.agency,
  list_id   uuid NOT NULL,
  name      text NOT NULL,
  publisher text NOT NULL,
  PRIMARY KEY (agency_id, list_id),
  UNIQUE (agency_id, name)
);

CREATE TABLE tandem.list_version (
  cell_id         uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id       uuid NOT NULL DEFAULT gate.agency(),
  list_id         uuid NOT NULL,
  version_id      uuid NOT NULL,
  version         integer NOT NULL,
  format          text NOT NULL,
  file_sha256     bytea NOT NULL,
  state           text NOT NULL CHECK (state IN ('current', 'replaced', 'withdrawn')),
  records         bigint NOT NULL,
  accepted        bigint NOT NULL,
  remarked        bigint NOT NULL,
  set_aside       bigint NOT NULL,
  -- Perceptual hashes among its entries: an index in memory that holds fewer was not read whole.
  perceptual      bigint NOT NULL DEFAULT 0,
  loaded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  loaded_by       uuid NOT NULL DEFAULT gate.person(),
  ended_at        timestamptz,
  ended_by        uuid,
  end_reason      text,
  PRIMARY KEY (agency_id, version_id),
  UNIQUE (agency_id, list_id, version),
  FOREIGN KEY (agency_id, list_id) REFERENCES tandem.list,
  CHECK (records = accepted + remarked + set_aside)
);
CREATE UNIQUE INDEX list_one_current ON tandem.list_version (agency_id, list_id) WHERE state = 'current';

CREATE TABLE tandem.list_entry (
  cell_id         uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id       uuid NOT NULL DEFAULT gate.agency(),
  version_id      uuid NOT NULL,
  number          bigint NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('md5', 'sha1', 'sha256', 'pdq')),
  value           bytea NOT NULL,
  -- Of a perceptual hash, 0 to 100, where the list says it.
  quality         integer,
  entry           text,
  category_scheme text,
  category        text,
  PRIMARY KEY (agency_id, version_id, number, kind),
  FOREIGN KEY (agency_id, version_id) REFERENCES tandem.list_version
);
CREATE INDEX list_entry_value ON tandem.list_entry (agency_id, kind, value);
CREATE INDEX list_entry_perceptual ON tandem.list_entry (agency_id, version_id, number) WHERE kind = 'pdq';

-- A hit is a lead, never a verdict. It counts while its list version is not withdrawn: a withdrawal reaches every
-- hit in its own transaction, because nothing is copied.
CREATE TABLE tandem.hit (
  cell_id         uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id       uuid NOT NULL DEFAULT gate.agency(),
  operation_id    uuid NOT NULL,
  hit_id          uuid NOT NULL,
  referral_id     uuid NOT NULL,
  file            integer NOT NULL,
  kind            text NOT NULL,
  value           bytea NOT NULL,
  place           text NOT NULL,
  list_id         uuid NOT NULL,
  version_id      uuid NOT NULL,
  number          bigint NOT NULL,
  category_scheme text,
  category        text,
  -- The value on the list, how many bits it is away, and how many were allowed; the same value for an exact hash.
  listed          bytea NOT NULL,
  distance        integer NOT NULL,
  threshold       integer NOT NULL,
  -- Of the listed hash, where the list says it. Under 50 a perceptual hash is not reliable.
  quality         integer,
  found_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, hit_id),
  UNIQUE (agency_id, referral_id, file, kind, version_id, number),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, version_id) REFERENCES tandem.list_version,
  CHECK (distance BETWEEN 0 AND threshold AND (distance = 0) = (value = listed))
);
CREATE INDEX hit_version ON tandem.hit (agency_id, version_id);

-- Every score ever computed, with its weight set and reasons (places only, no quotation).
CREATE TABLE tandem.triage_score (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  referral_id  uuid NOT NULL,
  number       integer NOT NULL,
  weight_set   text NOT NULL,
  because      text NOT NULL,
  score        jsonb NOT NULL,
  facts        jsonb NOT NULL,
  scored_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, referral_id, number),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral
);

-- What a person decided. Undo is a further decision that names the one it undoes.
-- What needs a second person: proposed by one, approved or refused by another.
CREATE TABLE tandem.proposal (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency(),
  operation_id  uuid NOT NULL,
  proposal_id   uuid NOT NULL,
  referral_id   uuid NOT NULL,
  verb          text NOT NULL,
  change        jsonb NOT NULL,
  reason_sealed bytea NOT NULL,
  proposed_by   uuid NOT NULL DEFAULT gate.person(),
  proposed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  state         text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
  settled_by    uuid,
  settled_at    timestamptz,
  -- The second person's own words.
  settled_reason_sealed bytea,
  PRIMARY KEY (agency_id, proposal_id),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, proposed_by) REFERENCES tandem.person,
  CHECK (settled_by IS NULL OR settled_by <> proposed_by),
  CHECK ((state = 'proposed') = (settled_by IS NULL)),
  CHECK ((state = 'proposed') = (settled_reason_sealed IS NULL))
);
CREATE UNIQUE INDEX proposal_one_pending ON tandem.proposal (agency_id, referral_id, verb) WHERE state = 'proposed';

CREATE TABLE tandem.decision (
  cell_id       uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id     uuid NOT NULL DEFAULT gate.agency(),
  operation_id  uuid NOT NULL,
  decision_id   uuid NOT NULL,
  referral_id   uuid NOT NULL,
  verb          text NOT NULL,
  reason_sealed bytea,
  decided_by    uuid NOT NULL DEFAULT gate.person(),
  second_person uuid,
  -- What it carries out, where a second person had to agree.
  proposal_id   uuid,
  decided_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  before        jsonb NOT NULL,
  after         jsonb NOT NULL,
  undoes        uuid,
  PRIMARY KEY (agency_id, decision_id),
  UNIQUE (agency_id, undoes),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, decided_by) REFERENCES tandem.person,
  FOREIGN KEY (agency_id, proposal_id) REFERENCES tandem.proposal,
  FOREIGN KEY (agency_id, undoes) REFERENCES tandem.decision,
  CHECK (second_person IS NULL OR second_person <> decided_by),
  CHECK ((second_person IS NULL) = (proposal_id IS NULL))
);
CREATE INDEX decision_referral ON tandem.decision (agency_id, referral_id, decided_at);

CREATE TABLE tandem.note (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  note_id      uuid NOT NULL,
  referral_id  uuid NOT NULL,
  text_sealed  bytea NOT NULL,
  written_by   uuid NOT NULL DEFAULT gate.person(),
  written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, note_id),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, written_by) REFERENCES tandem.person
);
CREATE INDEX note_referral ON tandem.note (agency_id, referral_id, written_at);

-- The safeguarding track has its own clock; closing the referral does not close it.
CREATE TABLE tandem.safeguarding (
  cell_id         uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id       uuid NOT NULL DEFAULT gate.agency(),
  operation_id    uuid NOT NULL,
  safeguarding_id uuid NOT NULL,
  referral_id     uuid NOT NULL,
  need_sealed     bytea NOT NULL,
  referred_by     uuid NOT NULL DEFAULT gate.person(),
  referred_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at          timestamptz NOT NULL,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  outcome_sealed  bytea,
  closed_by       uuid,
  closed_at       timestamptz,
  PRIMARY KEY (agency_id, safeguarding_id),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral,
  FOREIGN KEY (agency_id, referred_by) REFERENCES tandem.person,
  CHECK ((closed_at IS NULL) = (outcome_sealed IS NULL))
);
CREATE INDEX safeguarding_referral ON tandem.safeguarding (agency_id, referral_id);

-- Which version of a referral a person last looked at: unread marks and "what changed since you looked".
CREATE TABLE tandem.read_mark (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  person_id    uuid NOT NULL,
  referral_id  uuid NOT NULL,
  version      integer NOT NULL,
  score_number integer NOT NULL,
  read_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, person_id, referral_id),
  FOREIGN KEY (agency_id, referral_id) REFERENCES tandem.referral
);

-- How often a person opened narrative text: the number belongs to that person alone.
CREATE TABLE tandem.exposure (
  cell_id     uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id   uuid NOT NULL DEFAULT gate.agency(),
  person_id   uuid NOT NULL,
  day         date NOT NULL,
  openings    integer NOT NULL,
  PRIMARY KEY (agency_id, person_id, day),
  FOREIGN KEY (agency_id, person_id) REFERENCES tandem.person
);

-- Work to do, leased with FOR UPDATE SKIP LOCKED. Payloads are ids only.
CREATE TABLE tandem.job (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  job_id       uuid NOT NULL,
  kind         text NOT NULL,
  subject_id   uuid NOT NULL,
  operation_id uuid NOT NULL,
  person_id    uuid NOT NULL,
  authority_id uuid NOT NULL,
  purpose_id   uuid NOT NULL,
  lane_id      uuid,
  state        text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'leased', 'done', 'awaiting authority', 'failed')),
  run_after    timestamptz NOT NULL DEFAULT clock_timestamp(),
  lease_until  timestamptz,
  attempts     integer NOT NULL DEFAULT 0,
  reason       text,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, job_id),
  UNIQUE (job_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation
);
CREATE INDEX job_ready ON tandem.job (run_after) WHERE state IN ('ready', 'leased');

-- What changed, for live updates: ids only, never a value.
CREATE TABLE tandem.outbox (
  number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  operation_id uuid NOT NULL,
  topic        text NOT NULL,
  subject_id   uuid NOT NULL,
  written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Its place in the feed, given after its commit: a transaction that is still at work holds nobody else back.
  position     bigint
);

CREATE UNIQUE INDEX outbox_position ON tandem.outbox (position);
CREATE INDEX outbox_untold ON tandem.outbox (number) WHERE position IS NULL;

-- Leaves are append-only commitments; openings hold the salt and the clear fields and may be erased.
CREATE TABLE ledger.leaf (
  cell_id   uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id uuid NOT NULL DEFAULT gate.agency() REFERENCES tandem.agency,
  entry_id  uuid NOT NULL,
  leaf      bytea NOT NULL,
  PRIMARY KEY (agency_id, entry_id)
);

CREATE TABLE ledger.opening (
  cell_id      uuid NOT NULL DEFAULT gate.cell() REFERENCES tandem.cell,
  agency_id    uuid NOT NULL DEFAULT gate.agency(),
  entry_id     uuid NOT NULL,
  salt         bytea NOT NULL CHECK (octet_length(salt) = 32),
  person_id    uuid NOT NULL,
  verb         text NOT NULL,
  object       jsonb NOT NULL,
  at           timestamptz NOT NULL,
  authority_id uuid,
  purpose_id   uuid,
  PRIMARY KEY (agency_id, entry_id),
  FOREIGN KEY (agency_id, entry_id) REFERENCES ledger.leaf
);
CREATE INDEX opening_recent ON ledger.opening (agency_id, at DESC, entry_id);

-- The partner's own desk: generated copies only, no foreign key to the core.
CREATE TABLE partner.request (
  cell_id    uuid NOT NULL DEFAULT gate.cell(),
  agency_id  uuid NOT NULL DEFAULT gate.agency(),
  request_id uuid NOT NULL,
  asked_by   text NOT NULL,
  question_sealed bytea NOT NULL,
  asked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at     timestamptz,
  PRIMARY KEY (agency_id, request_id)
);

CREATE TABLE partner.finding (
  cell_id    uuid NOT NULL DEFAULT gate.cell(),
  agency_id  uuid NOT NULL DEFAULT gate.agency(),
  finding_id uuid NOT NULL,
  request_id uuid,
  text_sealed bytea NOT NULL,
  grade      text NOT NULL,
  given_by   uuid NOT NULL DEFAULT gate.person(),
  given_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, finding_id)
);

RESET ROLE;
