import { createHash } from 'node:crypto'
import { newId } from '@tandem/store'
import type pg from 'pg'

export type Role =
  | 'duty manager'
  | 'triage analyst'
  | 'case officer'
  | 'safeguarding officer'
  | 'partner'
  | 'inspector'
  | 'administrator'

export interface PersonPlan {
  readonly name: string
  readonly role: Role
  readonly issuer: string
  readonly subject: string
}

export interface AgencyPlan {
  readonly name: string
  readonly shortName: string
  readonly kind: 'agency' | 'partner' | 'oversight' | 'operator'
  readonly people: readonly PersonPlan[]
  /** An agency's intake desk with its standing authority. Partners, oversight and operators have none. */
  readonly desk?: {
    readonly operation: string
    readonly authority: {
      readonly kind: string
      readonly act: string
      readonly section: string
      readonly issuer: string
      readonly scope: string
      readonly necessity: string
      readonly proportionality: string
      readonly expiresAt: string
    }
    readonly purpose: { readonly code: string; readonly task: string }
    readonly senders: readonly { readonly name: string; readonly kind: string; readonly apiKey?: string }[]
  }
}

export interface FoundedAgency {
  readonly agency: string
  readonly shortName: string
  readonly kind: string
}

/** Sets a cell up in an empty database: once, as the founder role, in the caller's transaction. */
export async function found(
  admin: pg.ClientBase,
  cell: { readonly id: string; readonly name: string; readonly mode: 'training' | 'live' },
  agencies: readonly AgencyPlan[],
): Promise<FoundedAgency[]> {
  await admin.query('SET LOCAL ROLE tandem_founder')
  await admin.query('INSERT INTO tandem.cell (cell_id, name, mode) VALUES ($1, $2, $3)', [
    cell.id,
    cell.name,
    cell.mode,
  ])
  const founded: FoundedAgency[] = []
  for (const plan of agencies) founded.push(await foundAgency(admin, cell.id, plan))
  await admin.query('RESET ROLE')
  return founded
}

async function foundAgency(admin: pg.ClientBase, cell: string, plan: AgencyPlan): Promise<FoundedAgency> {
  const agency = newId()
  await admin.query(
    'INSERT INTO tandem.agency (cell_id, agency_id, name, short_name, kind) VALUES ($1, $2, $3, $4, $5)',
    [cell, agency, plan.name, plan.shortName, plan.kind],
  )
  const people = plan.people.map((person) => ({ ...person, id: newId() }))
  for (const person of people) await addPerson(admin, cell, agency, person)
  if (plan.desk !== undefined)
    await foundDesk(
      admin,
      cell,
      agency,
      plan.shortName,
      plan.desk,
      people.map(({ id }) => id),
    )
  return { agency, shortName: plan.shortName, kind: plan.kind }
}

async function addPerson(
  admin: pg.ClientBase,
  cell: string,
  agency: string,
  person: { id: string; name: string; role: string; issuer: string | null; subject: string | null },
): Promise<void> {
  await admin.query(
    `INSERT INTO tandem.person (cell_id, agency_id, person_id, display_name, role, issuer, subject)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [cell, agency, person.id, person.name, person.role, person.issuer, person.subject],
  )
}

async function foundDesk(
  admin: pg.ClientBase,
  cell: string,
  agency: string,
  shortName: string,
  desk: NonNullable<AgencyPlan['desk']>,
  members: readonly string[],
): Promise<void> {
  const [operation, authority, purpose, principal] = [newId(), newId(), newId(), newId()]
  await admin.query(
    `INSERT INTO tandem.operation (cell_id, agency_id, operation_id, name, kind) VALUES ($1, $2, $3, $4, 'intake desk')`,
    [cell, agency, operation, desk.operation],
  )
  await addPerson(admin, cell, agency, {
    id: principal,
    name: `Lanes of ${shortName}`,
    role: 'lane',
    issuer: null,
    subject: null,
  })
  for (const person of [...members, principal]) {
    await admin.query(
      'INSERT INTO tandem.operation_member (cell_id, agency_id, operation_id, person_id) VALUES ($1, $2, $3, $4)',
      [cell, agency, operation, person],
    )
  }
  const author = members[0] ?? principal
  const law = desk.authority
  await admin.query(
    `INSERT INTO tandem.authority (cell_id, agency_id, authority_id, operation_id, kind, act, section, issuer, scope,
       necessity, proportionality, starts_at, expires_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp() - interval '1 second', $12, $13)`,
    [
      cell,
      agency,
      authority,
      operation,
      law.kind,
      law.act,
      law.section,
      law.issuer,
      law.scope,
      law.necessity,
      law.proportionality,
      law.expiresAt,
      author,
    ],
  )
  await admin.query(
    'INSERT INTO tandem.purpose (cell_id, agency_id, purpose_id, operation_id, code, task, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [cell, agency, purpose, operation, desk.purpose.code, desk.purpose.task, author],
  )
  for (const kind of ['command', 'endpoint', 'folder']) {
    await admin.query(
      `INSERT INTO tandem.lane (cell_id, agency_id, lane_id, name, kind, operation_id, principal_id, authority_id, purpose_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [cell, agency, newId(), `${shortName} ${kind}`, kind, operation, principal, authority, purpose],
    )
  }
  for (const sender of desk.senders) {
    await admin.query(
      'INSERT INTO tandem.sender (cell_id, agency_id, sender_id, name, kind, api_key_hash) VALUES ($1, $2, $3, $4, $5, $6)',
      [
        cell,
        agency,
        newId(),
        sender.name,
        sender.kind,
        sender.apiKey === undefined
          ? null
          : createHash('sha256').update(Buffer.from(sender.apiKey, 'base64url')).digest(),
      ],
    )
  }
}
