import { newId } from '@tandem/store'
import type { TestCell } from '@tandem/testkit'
import pg from 'pg'
import type { Actor, Facts } from './model.ts'
import { bareLeafOf, bareReferralOf, bareScoreOf, factories, idOf, type Row, type Slot, type Value } from './rows.ts'

/** One way to stand before the database: who, under which authority, for what purpose, and what is true of it. */
export interface Context {
  readonly name: string
  /** Null: no context was begun at all. */
  readonly entry: { readonly person: string; readonly authority: string | null; readonly purpose: string | null } | null
  readonly wrongRole?: true
  readonly operations: readonly string[]
  readonly authorised: string | null
  readonly purposed: string | null
}

export interface World {
  readonly cell: TestCell
  readonly contexts: readonly Context[]
  /** Each differs from the one named `own` in one thing, but for `foreign`, which is another agency's altogether. */
  readonly slots: readonly Slot[]
  readonly own: string
}

const hour = 3_600_000
const from = (milliseconds: number): Date => new Date(Date.now() + milliseconds)

/** Seeds, as superuser and without foreign keys, a row of every table in every slot. */
export async function seedWorld(client: pg.Client, cell: TestCell): Promise<World> {
  const { national, signals } = cell
  const own = national.desk.operation
  const other = national.other.operation
  const also = newId()
  const actor = national.triageAnalyst.person
  const leaver = idOf('person', 'leaver')
  const joiner = idOf('person', 'joiner')
  const leaving = idOf('person', 'leaving')

  const at = { cell: cell.cell, agency: national.agency, lane: national.lanes.command, resident: actor }
  const ownSlots = [actor, leaver, joiner, leaving].map((person) => ({
    ...at,
    name: `own of ${person}`,
    operation: own,
    person,
    resident: person,
  }))
  const slots: Slot[] = [
    ...ownSlots,
    {
      ...at,
      name: 'colleague',
      operation: own,
      person: national.secondAnalyst.person,
      resident: national.secondAnalyst.person,
    },
    { ...at, name: 'also', operation: also, person: actor },
    { ...at, name: 'other', operation: other, person: actor },
    {
      ...at,
      name: 'only the agency differs',
      agency: signals.agency,
      operation: own,
      person: actor,
      lane: signals.lanes.command,
      resident: signals.secondAnalyst.person,
    },
    {
      ...at,
      name: 'foreign',
      agency: signals.agency,
      operation: signals.desk.operation,
      person: signals.triageAnalyst.person,
      lane: signals.lanes.command,
      resident: signals.triageAnalyst.person,
    },
  ]

  await client.query('BEGIN')
  await client.query("SET LOCAL session_replication_role = 'replica'")
  for (const person of [leaver, joiner, leaving]) {
    await insert(client, 'tandem.person', {
      cell_id: cell.cell,
      agency_id: national.agency,
      person_id: person,
      display_name: 'Test Mover',
      role: 'case officer',
    })
  }
  const memberships: [agency: string, operation: string, person: string, since: number, until: number | null][] = [
    [national.agency, also, actor, -hour, null],
    [national.agency, own, leaver, -2 * hour, -hour],
    [national.agency, own, joiner, hour, null],
    [national.agency, own, leaving, -hour, hour],
    // The other agency has no say here, whatever its rows name.
    [signals.agency, own, leaver, -hour, null],
    [signals.agency, other, actor, -hour, null],
  ]
  for (const [agency, operation, person, since, until] of memberships) {
    await insert(client, 'tandem.operation_member', {
      cell_id: cell.cell,
      agency_id: agency,
      operation_id: operation,
      person_id: person,
      since: from(since),
      until: until === null ? null : from(until),
    })
  }
  const authority = async (name: string, operation: string, change: Row = {}): Promise<string> => {
    const slot = { ...at, name, operation, person: actor }
    const row = { ...authorityRow(slot), starts_at: from(-hour), expires_at: from(hour), ...change }
    await insert(client, 'tandem.authority', row)
    return idOf('authority', name, 'seed')
  }
  const purpose = async (name: string, operation: string, change: Row = {}): Promise<string> => {
    const slot = { ...at, name, operation, person: actor }
    await insert(client, 'tandem.purpose', { ...purposeRow(slot), ...change })
    return idOf('purpose', name, 'seed')
  }
  const good = await authority('good', own)
  const task = await purpose('good', own)
  const alsoGood = await authority('good for also', also)
  const alsoTask = await purpose('good for also', also)
  const expired = await authority('expired', own, { starts_at: from(-2 * hour), expires_at: from(-1_000) })
  const cancelled = await authority('cancelled', own, { cancelled_at: from(-hour), cancelled_by: actor })
  const future = await authority('future', own, { starts_at: from(hour), expires_at: from(2 * hour) })
  const foreign = await authority('of the other agency', own, { agency_id: signals.agency })
  const ended = await purpose('ended', own, { ended_at: from(-hour) })
  const ending = await purpose('ending', own, { ended_at: from(hour) })
  const foreignTask = await purpose('of the other agency', own, { agency_id: signals.agency })

  for (const slot of slots) await seedRows(client, slot)
  await client.query('COMMIT')

  const as = (
    name: string,
    person: string,
    authority: string | null,
    purpose: string | null,
    facts: Partial<Context> = {},
  ): Context => ({
    name,
    entry: { person, authority, purpose },
    operations: person === actor ? [own, also] : [],
    authorised: own,
    purposed: own,
    ...facts,
  })
  const contexts: Context[] = [
    { name: 'no context', entry: null, operations: [], authorised: null, purposed: null },
    as('in order', actor, good, task),
    as('in order, wrong role', actor, good, task, { wrongRole: true }),
    as('in order for another operation of mine', actor, alsoGood, alsoTask, { authorised: also, purposed: also }),
    as('authority expired', actor, expired, task, { authorised: null }),
    as('authority cancelled', actor, cancelled, task, { authorised: null }),
    as('authority not begun', actor, future, task, { authorised: null }),
    as('no authority', actor, null, task, { authorised: null }),
    as('authority of another operation', actor, alsoGood, task, { authorised: also }),
    as('authority of the other agency', actor, foreign, task, { authorised: null }),
    as('purpose ended', actor, good, ended, { purposed: null }),
    as('purpose ends later', actor, good, ending),
    as('no purpose', actor, good, null, { purposed: null }),
    as('purpose of another operation', actor, good, alsoTask, { purposed: also }),
    as('purpose of the other agency', actor, good, foreignTask, { purposed: null }),
    as('membership ended', leaver, good, task),
    as('membership not begun', joiner, good, task),
    as('membership ends later', leaving, good, task, { operations: [own] }),
  ]
  return { cell, contexts, slots, own }
}

async function seedRows(client: pg.Client, slot: Slot, without: readonly string[] = []): Promise<void> {
  for (const [table, { make }] of Object.entries(factories)) {
    if (without.includes(table)) continue
    await insert(client, table, make(slot, false))
    if (table === 'tandem.referral') await insert(client, table, bareReferralOf(slot))
    if (table === 'tandem.triage_score') await insert(client, table, bareScoreOf(slot))
    if (table === 'ledger.leaf') await insert(client, table, bareLeafOf(slot))
  }
}

/** A row of every table, of the desk's triage analyst, under the authority and purpose that the desk has. */
export async function seedDesk(client: pg.Client, { cell, national }: TestCell): Promise<Slot> {
  const person = national.triageAnalyst.person
  const slot = {
    name: 'desk',
    cell,
    agency: national.agency,
    operation: national.desk.operation,
    person,
    lane: national.lanes.command,
    resident: person,
  }
  await client.query('BEGIN')
  await client.query("SET LOCAL session_replication_role = 'replica'")
  await seedRows(client, slot, ['tandem.authority', 'tandem.purpose'])
  await client.query('COMMIT')
  return slot
}

const authorityRow = (slot: Slot): Row => factories['tandem.authority']?.make(slot, false) ?? {}
const purposeRow = (slot: Slot): Row => factories['tandem.purpose']?.make(slot, false) ?? {}

/** The role that its people have, on the logins that people have. */
export const roleOf = (actor: Actor): string =>
  ({
    tandem_gate: 'case officer',
    tandem_officer: 'triage analyst',
    tandem_supervisor: 'duty manager',
    tandem_ingest: 'lane',
    tandem_partner: 'partner',
    tandem_inspector: 'inspector',
    tandem_export: 'duty manager',
    tandem_administrator: 'administrator',
    tandem_notifier: 'case officer',
    tandem_owner: 'case officer',
    tandem_gatekeeper: 'case officer',
    tandem_founder: 'case officer',
  })[actor]

export function factsOf(world: World, context: Context, actor: Actor): Facts {
  const { entry } = context
  return {
    agency: entry === null ? null : world.cell.national.agency,
    person: entry?.person ?? null,
    role: entry === null ? null : context.wrongRole ? 'administrator' : roleOf(actor),
    operations: context.operations,
    authorised: context.authorised,
    purposed: context.purposed,
  }
}

async function insert(client: pg.Client, table: string, row: Row): Promise<void> {
  await client.query(`${insertion(table, row)} ON CONFLICT DO NOTHING`)
}

export const insertion = (table: string, row: Row): string =>
  `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')})`

export const condition = (row: Row, key: readonly string[]): string =>
  key.map((column) => `${column} = ${literal(row[column] ?? null)}`).join(' AND ')

export function literal(value: Value): string {
  if (value === null) return 'NULL'
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (value instanceof Date) return `'${value.toISOString()}'`
  return pg.escapeLiteral(String(value))
}
