import { createHash, randomBytes } from 'node:crypto'
import { type Credential, newId, type Store } from '@tandem/store'
import type pg from 'pg'
import type { TestDatabase } from './database.ts'

export interface TestPerson {
  readonly person: string
  readonly agency: string
  readonly role: string
  readonly name: string
  readonly issuer: string
  readonly subject: string
}

export interface TestOperation {
  readonly operation: string
  readonly authority: string
  readonly purpose: string
  readonly members: readonly TestPerson[]
}

export interface TestAgency {
  readonly agency: string
  readonly name: string
  readonly dutyManager: TestPerson
  readonly deputyManager: TestPerson
  readonly triageAnalyst: TestPerson
  readonly secondAnalyst: TestPerson
  readonly caseOfficer: TestPerson
  readonly safeguardingOfficer: TestPerson
  /** Members of the other operation, and of no other. */
  readonly otherManager: TestPerson
  readonly otherOfficer: TestPerson
  readonly lanePrincipal: TestPerson
  readonly desk: TestOperation
  readonly other: TestOperation
  readonly lanes: { readonly command: string; readonly endpoint: string; readonly folder: string }
  readonly sender: { readonly sender: string; readonly apiKey: Buffer }
}

export type SessionCredential = Extract<Credential, { kind: 'session' }>

export interface TestCell {
  readonly cell: string
  readonly national: TestAgency
  readonly signals: TestAgency
  readonly partner: TestPerson
  readonly inspector: TestPerson
  readonly administrator: TestPerson
  readonly store: Store
  /** Signs the person in and hands out what the store takes. */
  session(person: TestPerson, options?: { readonly secondFactor?: boolean }): Promise<SessionCredential>
}

/** A training cell with two agencies, a partner, an oversight body and an operator, each with its people. */
export async function foundCell(database: TestDatabase): Promise<TestCell> {
  const founder = new Founder(await database.superuser())
  const founded = await founder.found()
  const store = database.store()
  return { ...founded, store, session: (person, options = {}) => signIn(store, person, options.secondFactor ?? false) }
}

async function signIn(store: Store, person: TestPerson, secondFactor: boolean): Promise<SessionCredential> {
  const token = randomBytes(32)
  const [row] = await store.gate('gate/open_session', {
    issuer: person.issuer,
    subject: person.subject,
    token_hash: createHash('sha256').update(token).digest(),
    hours: 8,
    idle_seconds: 900,
    second_factor: secondFactor,
  })
  const login = sessionLogins.find((each) => each === row?.login)
  if (login === undefined) throw new Error(`no session for ${person.name}`)
  return { kind: 'session', login, token }
}

const sessionLogins = [
  'tandem_officer',
  'tandem_supervisor',
  'tandem_partner',
  'tandem_inspector',
  'tandem_administrator',
] as const

const issuer = 'https://login.agency.example'

/** Does what `init` will do for a real cell: everything by the founder role, which nobody can log in as. */
class Founder {
  readonly #client: pg.Client
  readonly #cell = newId()

  constructor(client: pg.Client) {
    this.#client = client
  }

  async found(): Promise<Omit<TestCell, 'store' | 'session'>> {
    await this.#client.query('BEGIN')
    await this.#client.query('SET LOCAL ROLE tandem_founder')
    await this.#insert('tandem.cell', { cell_id: this.#cell, name: 'Training cell (example)', mode: 'training' })
    const national = await this.#agency('National Agency (example)', 'National')
    const signals = await this.#agency('Signals Agency (example)', 'Signals')
    const partner = await this.#outsider('Partner Company (example)', 'partner', 'partner', 'Test Partner')
    const inspector = await this.#outsider('Oversight Body (example)', 'oversight', 'inspector', 'Test Inspector')
    const administrator = await this.#outsider('Operator (example)', 'operator', 'administrator', 'Test Administrator')
    await this.#client.query('COMMIT')
    return { cell: this.#cell, national, signals, partner, inspector, administrator }
  }

  async #agency(name: string, short: string): Promise<TestAgency> {
    const agency = newId()
    await this.#insert('tandem.agency', {
      cell_id: this.#cell,
      agency_id: agency,
      name,
      short_name: short,
      kind: 'agency',
    })
    const person = (role: string, who: string) => this.#person(agency, role, `Test ${who} ${short}`)
    const people = {
      dutyManager: await person('duty manager', 'Manager'),
      deputyManager: await person('duty manager', 'Deputy'),
      triageAnalyst: await person('triage analyst', 'Analyst'),
      secondAnalyst: await person('triage analyst', 'Second Analyst'),
      caseOfficer: await person('case officer', 'Officer'),
      safeguardingOfficer: await person('safeguarding officer', 'Safeguarder'),
    }
    const otherManager = await person('duty manager', 'Other Manager')
    const otherOfficer = await person('case officer', 'Other Officer')
    const lanePrincipal = await person('lane', 'Lane')
    const desk = await this.#operation('Intake desk', 'intake desk', [...Object.values(people), lanePrincipal])
    const other = await this.#operation('Operation Example', 'operation', [otherManager, otherOfficer])
    const lane = (kind: string) => this.#lane(lanePrincipal, desk, kind)
    const lanes = { command: await lane('command'), endpoint: await lane('endpoint'), folder: await lane('folder') }
    const sender = await this.#sender(agency)
    return { agency, name, ...people, otherManager, otherOfficer, lanePrincipal, desk, other, lanes, sender }
  }

  async #outsider(name: string, kind: string, role: string, who: string): Promise<TestPerson> {
    const agency = newId()
    await this.#insert('tandem.agency', { cell_id: this.#cell, agency_id: agency, name, short_name: name, kind })
    return this.#person(agency, role, who)
  }

  async #person(agency: string, role: string, name: string): Promise<TestPerson> {
    const person = newId()
    const signsIn = role === 'lane' ? { issuer: null, subject: null } : { issuer, subject: person }
    await this.#insert('tandem.person', {
      cell_id: this.#cell,
      agency_id: agency,
      person_id: person,
      display_name: name,
      role,
      ...signsIn,
    })
    return { person, agency, role, name, issuer, subject: person }
  }

  /** The first member makes the authority, which covers a year, and the purpose. */
  async #operation(name: string, kind: string, members: readonly TestPerson[]): Promise<TestOperation> {
    const [maker] = members
    if (maker === undefined) throw new TypeError('an operation has members')
    const ids = { operation: newId(), authority: newId(), purpose: newId() }
    const of = { cell_id: this.#cell, agency_id: maker.agency, operation_id: ids.operation }
    await this.#insert('tandem.operation', { ...of, name, kind })
    for (const member of members) await this.#insert('tandem.operation_member', { ...of, person_id: member.person })
    await this.#insert('tandem.authority', {
      ...of,
      authority_id: ids.authority,
      kind: 'statutory receipt',
      act: 'Online Safety Act 2023',
      section: '66',
      issuer: 'Test Issuer',
      scope: 'Reports received by the operation',
      necessity: 'Reports must be assessed',
      proportionality: 'Only what was reported is read',
      starts_at: new Date(Date.now() - 86_400_000),
      expires_at: new Date(Date.now() + 365 * 86_400_000),
      created_by: maker.person,
    })
    await this.#insert('tandem.purpose', {
      ...of,
      purpose_id: ids.purpose,
      code: 'triage',
      task: 'Assess what came in',
      created_by: maker.person,
    })
    return { ...ids, members }
  }

  async #lane(principal: TestPerson, desk: TestOperation, kind: string): Promise<string> {
    const lane = newId()
    await this.#insert('tandem.lane', {
      cell_id: this.#cell,
      agency_id: principal.agency,
      lane_id: lane,
      name: `Intake by ${kind}`,
      kind,
      operation_id: desk.operation,
      principal_id: principal.person,
      authority_id: desk.authority,
      purpose_id: desk.purpose,
    })
    return lane
  }

  async #sender(agency: string): Promise<TestAgency['sender']> {
    const sender = newId()
    const apiKey = randomBytes(32)
    await this.#insert('tandem.sender', {
      cell_id: this.#cell,
      agency_id: agency,
      sender_id: sender,
      name: 'Test Provider',
      kind: 'provider',
      api_key_hash: createHash('sha256').update(apiKey).digest(),
    })
    return { sender, apiKey }
  }

  async #insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
    const columns = Object.keys(row)
    await this.#client.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    )
  }
}
