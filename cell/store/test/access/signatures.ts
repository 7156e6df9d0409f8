import type { Check } from './gate-scene.ts'
import { factories, type Row, type Slot } from './rows.ts'
import { condition, insertion, literal, type World } from './world.ts'

/** Columns that say who did it, set by an update: the policies on rows alone would let anybody write anybody there. */
const signatures: readonly {
  readonly table: string
  readonly column: string
  readonly as: 'tandem_officer' | 'tandem_supervisor'
  readonly together: string
  readonly before?: Row
}[] = [
  {
    table: 'tandem.proposal',
    column: 'settled_by',
    as: 'tandem_officer',
    together: "state = 'approved', settled_at = now(), settled_reason_sealed = ''",
  },
  {
    table: 'tandem.safeguarding',
    column: 'acknowledged_by',
    as: 'tandem_officer',
    together: 'acknowledged_at = now()',
  },
  {
    table: 'tandem.safeguarding',
    column: 'closed_by',
    as: 'tandem_officer',
    together: "closed_at = now(), outcome_sealed = 'x'",
  },
  {
    table: 'tandem.list_version',
    column: 'ended_by',
    as: 'tandem_officer',
    together: "state = 'withdrawn', ended_at = now()",
  },
  {
    table: 'tandem.deconfliction',
    column: 'decided_by',
    as: 'tandem_officer',
    together: "state = 'waiting', decided_at = now()",
  },
  {
    table: 'tandem.deconfliction_release',
    column: 'decided_by',
    as: 'tandem_officer',
    together: "state = 'approved', decided_at = now()",
  },
  {
    table: 'tandem.lookup_grant',
    column: 'decided_by',
    as: 'tandem_officer',
    together: "state = 'waiting', decided_at = now()",
  },
  {
    table: 'tandem.deconfliction_audit',
    column: 'opened_by',
    as: 'tandem_officer',
    together: "opened_at = now(), result = '{}'",
  },
  {
    table: 'tandem.lookup_audit',
    column: 'opened_by',
    as: 'tandem_officer',
    together: "opened_at = now(), result = '{}'",
  },
  {
    table: 'tandem.attribution',
    column: 'settled_by',
    as: 'tandem_officer',
    together: "state = 'refused', settled_at = now(), settled_reason_sealed = ''",
  },
  { table: 'tandem.authority', column: 'cancelled_by', as: 'tandem_supervisor', together: 'cancelled_at = now()' },
]

export function signatureChecks(world: World): Check[] {
  const slot = world.slots.find(({ name }) => name === 'colleague')
  const context = world.contexts.find(({ name }) => name === 'in order')
  if (slot === undefined || context?.entry == null) throw new Error('the world has no colleague')
  const { person, authority, purpose } = context.entry
  const enter = `SELECT gate.enter(${[slot.agency, person, 'case officer', world.own, authority, purpose, null].map(literal).join(', ')})`
  const other = world.cell.national.caseOfficer.person
  return [
    ...signatures.flatMap(({ table, column, as, together }) => {
      const where = rowOf(table, slot)
      const set = (value: string) => `UPDATE ${table} SET ${column} = ${value}, ${together} WHERE ${where}`
      const look = `SELECT ${column} FROM ${table} WHERE ${where}`
      const check = (name: string, calls: readonly string[], answer: string): Check => ({
        name: `${table}.${column} ${name}`,
        as,
        given: [enter],
        call: calls,
        afterwards: look,
        answer,
      })
      return [
        check('in the own name', [set(`'${person}'`)], person),
        check('in the name of a colleague', [set(`'${other}'`)], '42501'),
        check(
          'taken back',
          [set(`'${person}'`), `UPDATE ${table} SET ${undone(table, column)} WHERE ${where}`],
          '42501',
        ),
      ]
    }),
    ...purposeChecks(slot, enter),
  ]
}

const rowOf = (table: string, slot: Slot): string => {
  const factory = factories[table]
  if (factory === undefined) throw new Error(`no row factory for ${table}`)
  return condition(factory.make(slot, false), factory.key)
}

/** Back to a state that the constraints of the table would allow. */
const undone = (table: string, column: string): string =>
  table === 'tandem.proposal'
    ? `${column} = NULL, state = 'proposed'`
    : table === 'tandem.attribution'
      ? `${column} = NULL, settled_at = NULL, settled_reason_sealed = NULL, state = 'proposed'`
      : ['tandem.deconfliction', 'tandem.deconfliction_release', 'tandem.lookup_grant'].includes(table)
        ? `${column} = NULL, decided_at = NULL, state = 'proposed'`
        : table === 'tandem.deconfliction_audit' || table === 'tandem.lookup_audit'
          ? `${column} = NULL, opened_at = NULL, result = NULL`
          : table === 'tandem.authority'
            ? `${column} = NULL, cancelled_at = NULL`
            : column === 'closed_by'
              ? `${column} = NULL, closed_at = NULL, outcome_sealed = NULL`
              : `${column} = NULL`

function purposeChecks(slot: Slot, enter: string): Check[] {
  const where = rowOf('tandem.purpose', slot)
  const make = factories['tandem.purpose']?.make(slot, true) ?? {}
  const ended = condition(make, ['agency_id', 'purpose_id'])
  const past = "now() - interval '1 hour'"
  return [
    {
      name: 'tandem.purpose ended',
      as: 'tandem_officer',
      given: [enter],
      call: [`UPDATE tandem.purpose SET ended_at = now() WHERE ${where}`],
      afterwards: `SELECT ended_at = now() FROM tandem.purpose WHERE ${where}`,
      answer: 'true',
    },
    {
      name: 'tandem.purpose revived',
      as: 'tandem_officer',
      given: [enter, insertion('tandem.purpose', make), `UPDATE tandem.purpose SET ended_at = ${past} WHERE ${ended}`],
      call: [`UPDATE tandem.purpose SET ended_at = NULL WHERE ${ended}`],
      afterwards: `SELECT ended_at = ${past} FROM tandem.purpose WHERE ${ended}`,
      answer: 'true',
    },
  ]
}
