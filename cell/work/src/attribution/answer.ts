import { type AnsweredCustomer, checkAnswer, type IpEvent } from '@tandem/formats'
import type { AnswerFacts } from '@tandem/linkage'
import { fileOf, normalAddress, type Source } from './records.ts'

const periodEnd = 'end of the period'

/** The rows of an answer, each with the person of the record that it is about. */
function rowsOf({ record }: Source, isReturn: boolean): Map<AnsweredCustomer, number> {
  const rows = new Map<AnsweredCustomer, number>()
  for (const [index, person] of record.people.entries()) {
    // Of an answer, whoever else is told of is the other end of a call and no customer.
    if (isReturn && person.role !== 'reported') continue
    const told = record.details?.find((detail) => detail.kind === 'customer' && detail.person === index)
    const of = { place: person.place, customer: told?.value ?? person.names[0] ?? null }
    const uses = person.ipEvents.filter(({ event }) => event !== periodEnd)
    if (uses.length === 0) rows.set({ ...of, address: null, port: null, from: null, to: null }, index)
    for (const use of uses) {
      const next = person.ipEvents[person.ipEvents.indexOf(use) + 1]
      const to = next?.event === periodEnd && next.address === use.address ? next.time : null
      rows.set({ ...of, address: use.address, port: use.port, from: use.time, to }, index)
    }
  }
  return rows
}

/** Our address? Our instant? One customer? Asked with what the report says, and nothing that anybody typed. */
export function answerFacts(asked: IpEvent, source: Source, person: number, names: boolean): AnswerFacts {
  const isReturn = source.row.format === 'provider-return'
  const rows = rowsOf(source, isReturn)
  const at = asked.time?.instant ?? ''
  const check = checkAnswer({ address: asked.address, port: asked.port, at }, [...rows.keys()])
  const fitting = ofThisPort(check.fitting, asked.port)
  const address = normalAddress(asked.address)
  const isOurs = (row: AnsweredCustomer): boolean =>
    address !== null && row.address !== null && normalAddress(row.address) === address
  const own = [...rows].filter(([, index]) => index === person).map(([row]) => row)
  const row = own.find((each) => fitting.includes(each) && isOurs(each)) ?? own[0]
  return {
    isReturn,
    isWhole: source.row.set_aside === 0 && source.record.details?.some(({ kind }) => kind === 'part') !== true,
    address: check.address,
    time: check.time,
    customers: customersAmong(fitting, rows),
    findings: check.findings.map(({ code, says }) => ({ code, says })),
    row: {
      fits: row !== undefined && fitting.includes(row) && isOurs(row),
      port: row?.port === undefined || row.port === null ? 'not said' : row.port === asked.port ? 'same' : 'other',
      zone: zoneOf(row),
    },
    names,
    source: fileOf(source),
    provider: source.row.sender_id,
  }
}

/** Where every row says its port, customers of one shared address are told apart by it. */
function ofThisPort(fitting: readonly AnsweredCustomer[], port: number | null): readonly AnsweredCustomer[] {
  if (port === null || fitting.some((row) => row.port === null)) return fitting
  const same = fitting.filter((row) => row.port === port)
  return same.length > 0 ? same : fitting
}

/** Two rows without a customer may be two customers: what is not said is not taken for one. */
function customersAmong(
  fitting: readonly AnsweredCustomer[],
  rows: ReadonlyMap<AnsweredCustomer, number>,
): AnswerFacts['customers'] {
  if (fitting.length === 0) return 'none'
  if (new Set(fitting.map((row) => rows.get(row))).size === 1) return 'one'
  const told = fitting.map(({ customer }) => customer?.trim().toLowerCase() ?? null)
  if (told.includes(null)) return 'not said'
  return new Set(told).size === 1 ? 'one' : 'several'
}

function zoneOf(row: AnsweredCustomer | undefined): AnswerFacts['row']['zone'] {
  const kinds = [row?.from, row?.to].flatMap((claim) => claim?.zone.kind ?? [])
  if (kinds.length === 0 || kinds.includes('unknown')) return 'unknown'
  return kinds.includes('assumed') ? 'assumed' : 'stated'
}
