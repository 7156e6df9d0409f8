import { createHash } from 'node:crypto'
import type { TestCell } from '@tandem/testkit'
import { fallingChecks } from './gate-checks-frame.ts'
import { jobChecks } from './gate-checks-jobs.ts'
import { questionChecks } from './gate-checks-questions.ts'
import { sessionChecks } from './gate-checks-sessions.ts'
import type { Check } from './gate-scene.ts'
import { idOf } from './rows.ts'

/** Instants around noon, where the clock stands. */
export const at = (offset: string): string => `(probe.clock() + interval '${offset}')`
export const justBefore = at('-1 microsecond')
export const exactly = 'probe.clock()'
export const justAfter = at('1 microsecond')
export const hash = (token: string): string => `'\\x${createHash('sha256').update(token).digest('hex')}'`
export const token = (text: string): string => `'\\x${Buffer.from(text).toString('hex')}'`

/** The words of every scene: one analyst of the desk, with a session in order at noon. */
export interface Scene {
  readonly cell: TestCell
  readonly agency: string
  readonly other: string
  readonly person: string
  readonly colleague: string
  readonly operation: string
  readonly authority: string
  readonly purpose: string
  readonly setTheStage: readonly string[]
}

export function sceneOf(cell: TestCell): Scene {
  const { national, signals } = cell
  const { operation, authority, purpose } = national.desk
  const person = national.triageAnalyst.person
  const session = (text: string, who: string) => `INSERT INTO gate.session
    (token_hash, cell_id, agency_id, person_id, login, operation_id, authority_id, purpose_id, created_at, last_seen_at,
     ends_at, idle_seconds, second_factor)
    VALUES (${hash(text)}, '${cell.cell}', '${national.agency}', '${who}', 'tandem_officer', '${operation}',
     '${authority}', '${purpose}', ${at('-1 hour')}, ${at('-10 seconds')}, ${at('1 hour')}, 60, 'not required')`
  return {
    cell,
    agency: national.agency,
    other: signals.agency,
    person,
    colleague: national.secondAnalyst.person,
    operation,
    authority,
    purpose,
    setTheStage: [
      `UPDATE tandem.authority SET starts_at = ${at('-1 hour')}, expires_at = ${at('1 hour')}`,
      `UPDATE tandem.operation_member SET since = ${at('-1 hour')}`,
      `UPDATE tandem.purpose SET created_at = ${at('-1 hour')}`,
      session('token', person),
      session('another token', national.secondAnalyst.person),
    ],
  }
}

export function gateChecks(scene: Scene): Check[] {
  return [
    ...contextChecks(scene),
    ...fallingChecks(scene),
    ...sessionChecks(scene),
    ...jobChecks(scene),
    ...questionChecks(scene),
  ].map((check) => ({
    ...check,
    given: [...scene.setTheStage, ...(check.given ?? [])],
  }))
}

/** What policies read. */
function contextChecks(scene: Scene): Check[] {
  const { agency, other, person, colleague, operation, authority, purpose } = scene
  const enter = `SELECT gate.enter('${agency}', '${person}', 'case officer', '${operation}', '${authority}', '${purpose}', NULL)`
  const elsewhere = scene.cell.national.other.operation
  const ask = (name: string, what: string, answer: string, ...given: string[]): Check => ({
    name: `${what} ${name}`,
    as: 'tandem_officer',
    given: [...given, enter],
    call: [`SELECT gate.${what}()`],
    answer,
  })
  const authorityIs = (change: string) => `UPDATE tandem.authority SET ${change} WHERE authority_id = '${authority}'`
  const purposeIs = (change: string) => `UPDATE tandem.purpose SET ${change} WHERE purpose_id = '${purpose}'`
  const memberIs = (change: string) =>
    `UPDATE tandem.operation_member SET ${change} WHERE operation_id = '${operation}' AND person_id = '${person}'`
  const one = JSON.stringify([operation])
  const contextRow = (backend: string, transaction: string) => `INSERT INTO gate.context
    VALUES (${backend}, ${transaction}, '${scene.cell.cell}', '${agency}', '${person}', 'inspector', NULL, NULL, NULL, NULL)`
  const nobody = (name: string, ...given: string[]): Check => ({
    name: `acting ${name}`,
    as: 'tandem_officer',
    given,
    call: [
      'SELECT gate.agency(), gate.person(), gate.role(), gate.operations(), gate.authorised_operation(), gate.purposed_operation()',
    ],
    answer: 'null|null|null|[]|null|null',
  })
  const standing = (name: string, change: string, answer: string): Check => ({
    name: `enter ${name}`,
    as: 'superuser',
    given: [change],
    call: [`SELECT authorised, purposed, operation_id, now FROM ${enter.slice('SELECT '.length)}`],
    answer,
  })
  const here = `${operation}|2030-01-01T12:00:00.000Z`
  return [
    { name: 'cell is the one', as: 'tandem_officer', call: ['SELECT gate.cell()'], answer: scene.cell.cell },
    nobody('nobody without a context'),
    nobody('nobody by a context of an earlier transaction', contextRow('pg_backend_pid()', "'3'")),
    nobody('nobody by a context of another connection', contextRow('1', 'pg_current_xact_id()')),
    ask('in order', 'agency', agency),
    ask('in order', 'person', person),
    ask('in order', 'role', 'case officer'),
    { ...ask('in order', 'acting', ''), call: ['SELECT (gate.acting()).agency_id'], answer: agency },

    ask('in order', 'operations', one),
    ask('since this instant', 'operations', one, memberIs(`since = ${exactly}`)),
    ask('since a moment later', 'operations', '[]', memberIs(`since = ${justAfter}`)),
    ask('until this instant', 'operations', '[]', memberIs(`until = ${exactly}`)),
    ask('until a moment later', 'operations', one, memberIs(`until = ${justAfter}`)),
    ask('of another person', 'operations', '[]', memberIs(`person_id = '${idOf('nobody')}'`)),
    ask('of the other agency', 'operations', '[]', memberIs(`agency_id = '${other}'`)),

    ask('in order', 'authorised_operation', operation),
    ask('begins this instant', 'authorised_operation', operation, authorityIs(`starts_at = ${exactly}`)),
    ask('begins a moment later', 'authorised_operation', 'null', authorityIs(`starts_at = ${justAfter}`)),
    ask('expires this instant', 'authorised_operation', 'null', authorityIs(`expires_at = ${exactly}`)),
    ask('expires a moment later', 'authorised_operation', operation, authorityIs(`expires_at = ${justAfter}`)),
    ask(
      'cancelled',
      'authorised_operation',
      'null',
      authorityIs(`cancelled_at = ${at('-1 second')}, cancelled_by = '${person}'`),
    ),
    ask('of the other agency', 'authorised_operation', 'null', authorityIs(`agency_id = '${other}'`)),
    ask('of another id', 'authorised_operation', 'null', authorityIs(`authority_id = '${idOf('nobody')}'`)),

    ask('in order', 'purposed_operation', operation),
    ask('ends this instant', 'purposed_operation', 'null', purposeIs(`ended_at = ${exactly}`)),
    ask('ends a moment later', 'purposed_operation', operation, purposeIs(`ended_at = ${justAfter}`)),
    ask('of the other agency', 'purposed_operation', 'null', purposeIs(`agency_id = '${other}'`)),
    ask('of another id', 'purposed_operation', 'null', purposeIs(`purpose_id = '${idOf('nobody')}'`)),

    standing('in order', 'SELECT 1', `true|true|${here}`),
    standing(
      'with an authority of another operation',
      authorityIs(`operation_id = '${elsewhere}'`),
      `false|true|${here}`,
    ),
    standing('with a purpose of another operation', purposeIs(`operation_id = '${elsewhere}'`), `true|false|${here}`),
    standing('with an expired authority', authorityIs(`expires_at = ${exactly}`), `false|true|${here}`),
    standing('with an ended purpose', purposeIs(`ended_at = ${exactly}`), `true|false|${here}`),
    standing('over the context of an earlier transaction', contextRow('pg_backend_pid()', "'3'"), `true|true|${here}`),
    {
      name: 'enter writes what it was given',
      as: 'superuser',
      given: [contextRow('pg_backend_pid()', "'3'"), enter],
      call: [
        'SELECT cell_id, agency_id, person_id, role, operation_id, authority_id, purpose_id, lane_id, backend = pg_backend_pid(), transaction = pg_current_xact_id() FROM gate.context',
      ],
      answer: `${scene.cell.cell}|${agency}|${person}|case officer|${operation}|${authority}|${purpose}|null|true|true`,
    },
    { name: 'enter twice', as: 'superuser', given: [enter], call: [enter], answer: 'TD002' },
    {
      name: 'enter twice as another',
      as: 'superuser',
      given: [enter],
      call: [enter.replace(person, colleague)],
      answer: 'TD002',
    },
    ...(['tandem_officer', 'tandem_ingest', 'tandem_gate'] as const).map((as) => ({
      name: `enter is closed to ${as}`,
      as,
      call: [enter],
      answer: '42501',
    })),
  ]
}
