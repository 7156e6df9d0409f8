-- The gate: who is acting, for whom, under which authority, for what purpose.
-- Policies read the context row written here and nothing else: session variables can be set by any SQL.

CREATE SCHEMA gate AUTHORIZATION tandem_owner;
CREATE SCHEMA tandem AUTHORIZATION tandem_owner;
CREATE SCHEMA ledger AUTHORIZATION tandem_owner;
CREATE SCHEMA partner AUTHORIZATION tandem_owner;

SET ROLE tandem_owner;
-- Functions are executable by PUBLIC from birth unless this is said before they are made.
ALTER DEFAULT PRIVILEGES FOR ROLE tandem_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- One row: what this database is. A training cell never becomes a live one.
CREATE TABLE tandem.cell (
  cell_id    uuid PRIMARY KEY,
  name       text NOT NULL,
  mode       text NOT NULL CHECK (mode IN ('training', 'live')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  only_one   boolean NOT NULL DEFAULT true UNIQUE CHECK (only_one)
);

CREATE TABLE tandem.agency (
  cell_id    uuid NOT NULL REFERENCES tandem.cell,
  agency_id  uuid PRIMARY KEY,
  name       text NOT NULL,
  short_name text NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('agency', 'partner', 'oversight', 'operator'))
);

CREATE TABLE tandem.person (
  cell_id      uuid NOT NULL REFERENCES tandem.cell,
  agency_id    uuid NOT NULL REFERENCES tandem.agency,
  person_id    uuid NOT NULL,
  display_name text NOT NULL,
  role         text NOT NULL CHECK (role IN ('duty manager', 'triage analyst', 'case officer', 'safeguarding officer',
                                             'partner', 'inspector', 'administrator', 'lane')),
  issuer       text,
  subject      text,
  active       boolean NOT NULL DEFAULT true,
  PRIMARY KEY (agency_id, person_id),
  UNIQUE (person_id),
  -- The same name from two identity providers is two people (ASVS 6.8.1).
  UNIQUE (issuer, subject)
);

CREATE TABLE tandem.operation (
  cell_id      uuid NOT NULL REFERENCES tandem.cell,
  agency_id    uuid NOT NULL REFERENCES tandem.agency,
  operation_id uuid NOT NULL,
  name         text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('intake desk', 'operation')),
  opened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  closed_at    timestamptz,
  PRIMARY KEY (agency_id, operation_id)
);

CREATE TABLE tandem.operation_member (
  cell_id      uuid NOT NULL REFERENCES tandem.cell,
  agency_id    uuid NOT NULL,
  operation_id uuid NOT NULL,
  person_id    uuid NOT NULL,
  since        timestamptz NOT NULL DEFAULT clock_timestamp(),
  until        timestamptz,
  PRIMARY KEY (agency_id, operation_id, person_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, person_id) REFERENCES tandem.person
);

-- Valid in the half-open interval [starts_at, expires_at) of the database clock, unless cancelled.
CREATE TABLE tandem.authority (
  cell_id         uuid NOT NULL REFERENCES tandem.cell,
  agency_id       uuid NOT NULL,
  authority_id    uuid NOT NULL,
  operation_id    uuid NOT NULL,
  kind            text NOT NULL,
  act             text NOT NULL,
  section         text NOT NULL,
  issuer          text NOT NULL,
  scope           text NOT NULL,
  necessity       text NOT NULL,
  proportionality text NOT NULL,
  starts_at       timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  created_by      uuid NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  cancelled_at    timestamptz,
  cancelled_by    uuid,
  cancel_reason   text,
  PRIMARY KEY (agency_id, authority_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, created_by) REFERENCES tandem.person,
  FOREIGN KEY (agency_id, cancelled_by) REFERENCES tandem.person,
  CHECK (starts_at < expires_at),
  CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL))
);

CREATE TABLE tandem.purpose (
  cell_id      uuid NOT NULL REFERENCES tandem.cell,
  agency_id    uuid NOT NULL,
  purpose_id   uuid NOT NULL,
  operation_id uuid NOT NULL,
  code         text NOT NULL,
  task         text NOT NULL,
  created_by   uuid NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz,
  PRIMARY KEY (agency_id, purpose_id),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, created_by) REFERENCES tandem.person
);

CREATE TABLE tandem.sender (
  cell_id      uuid NOT NULL REFERENCES tandem.cell,
  agency_id    uuid NOT NULL REFERENCES tandem.agency,
  sender_id    uuid NOT NULL,
  name         text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('provider', 'clearing house', 'hotline', 'force', 'partner', 'cell')),
  api_key_hash bytea UNIQUE,
  active       boolean NOT NULL DEFAULT true,
  PRIMARY KEY (agency_id, sender_id),
  UNIQUE (agency_id, name)
);

-- A lane belongs to one agency and works under a standing authority and purpose, as its own principal.
CREATE TABLE tandem.lane (
  cell_id      uuid NOT NULL REFERENCES tandem.cell,
  agency_id    uuid NOT NULL,
  lane_id      uuid NOT NULL,
  name         text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('command', 'endpoint', 'folder')),
  operation_id uuid NOT NULL,
  principal_id uuid NOT NULL,
  authority_id uuid NOT NULL,
  purpose_id   uuid NOT NULL,
  active       boolean NOT NULL DEFAULT true,
  PRIMARY KEY (agency_id, lane_id),
  UNIQUE (lane_id),
  UNIQUE (agency_id, kind),
  FOREIGN KEY (agency_id, operation_id) REFERENCES tandem.operation,
  FOREIGN KEY (agency_id, principal_id) REFERENCES tandem.person,
  FOREIGN KEY (agency_id, authority_id) REFERENCES tandem.authority,
  FOREIGN KEY (agency_id, purpose_id) REFERENCES tandem.purpose
);

CREATE TABLE gate.session (
  token_hash       bytea PRIMARY KEY,
  cell_id          uuid NOT NULL REFERENCES tandem.cell,
  agency_id        uuid NOT NULL,
  person_id        uuid NOT NULL,
  login            text NOT NULL,
  operation_id     uuid,
  authority_id     uuid,
  purpose_id       uuid,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  ends_at          timestamptz NOT NULL,
  idle_seconds     integer NOT NULL,
  second_factor    text NOT NULL CHECK (second_factor IN ('not required', 'awaited', 'given')),
  revoked_at       timestamptz,
  FOREIGN KEY (agency_id, person_id) REFERENCES tandem.person
);
CREATE INDEX session_person ON gate.session (person_id);

CREATE TABLE gate.passkey (
  credential_id bytea PRIMARY KEY,
  cell_id       uuid NOT NULL REFERENCES tandem.cell,
  agency_id     uuid NOT NULL,
  person_id     uuid NOT NULL,
  public_key    bytea NOT NULL,
  counter       bigint NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (agency_id, person_id) REFERENCES tandem.person
);

-- The acting context of the running transaction. Unlogged: it means nothing after a crash.
CREATE UNLOGGED TABLE gate.context (
  backend      integer PRIMARY KEY,
  transaction  xid8 NOT NULL,
  cell_id      uuid NOT NULL,
  agency_id    uuid NOT NULL,
  person_id    uuid NOT NULL,
  role         text NOT NULL,
  operation_id uuid,
  authority_id uuid,
  purpose_id   uuid,
  lane_id      uuid
) WITH (fillfactor = 50);

RESET ROLE;
