import type { TimeClaim } from '@tandem/core'
import { readIp } from '@tandem/identifiers'
import type { ItemRecord, Place } from '../record.ts'
import { periodEnd } from './row.ts'

/** What was asked: who had this address at this instant. */
export interface AskedAddress {
  readonly address: string
  readonly port: number | null
  /** RFC 3339 with a zone. */
  readonly at: string
}

/** One customer of an answer, with the period in which the address was theirs. */
export interface AnsweredCustomer {
  readonly place: Place
  readonly address: string | null
  readonly port: number | null
  readonly from: TimeClaim | null
  readonly to: TimeClaim | null
  /** Customer number, else name: what tells two customers apart. */
  readonly customer: string | null
}

export interface AnswerCheck {
  readonly address: 'same' | 'other' | 'not said'
  /** `depends`: one reading of an unclear time covers the asked instant, another does not. */
  readonly time: 'covers' | 'wrong' | 'depends' | 'not said'
  readonly customers: 'one' | 'several' | 'none'
  /** Rows that answer what was asked, by address and time. */
  readonly fitting: readonly AnsweredCustomer[]
  readonly findings: readonly AnswerFinding[]
}

export interface AnswerFinding {
  readonly code:
    | 'other-address'
    | 'digits-swapped'
    | 'time-wrong'
    | 'one-hour-off'
    | 'zone-mistaken'
    | 'time-depends'
    | 'hour-twice'
    | 'several-customers'
    | 'port-missing'
    | 'other-port'
    | 'nothing-answered'
    | 'asked-invalid'
  readonly place: Place
  readonly says: string
}

const hour = 3_600_000
const sessionless = 60_000

/** What the rows of an answer say, for the check. */
export const customersOf = (records: readonly ItemRecord[]): AnsweredCustomer[] =>
  records.map(({ people, details, whole }) => {
    const events = people[0]?.ipEvents ?? []
    const [first] = events
    const detail = details.find(({ kind }) => kind === 'customer')?.value
    return {
      place: people[0]?.place ?? whole.place,
      address: first?.address ?? null,
      port: first?.port ?? null,
      from: first?.time ?? null,
      to: events.find(({ event }) => event === periodEnd)?.time ?? null,
      customer: detail ?? people[0]?.names[0] ?? null,
    }
  })

/** Three questions before anybody acts on an answer: our address? our instant? one customer? */
export function checkAnswer(asked: AskedAddress, answer: readonly AnsweredCustomer[]): AnswerCheck {
  const findings: AnswerFinding[] = []
  const add = (code: AnswerFinding['code'], place: Place, says: string): void =>
    void findings.push({ code, place, says })
  const address = normal(asked.address)
  const instant = Date.parse(asked.at)
  if (address === null || Number.isNaN(instant) || !/(?:z|[+-]\d{2}:?\d{2})$/i.test(asked.at)) {
    add('asked-invalid', 'question', 'the question itself has no valid address or no instant with a zone')
    return { address: 'not said', time: 'not said', customers: 'none', fitting: [], findings }
  }
  if (answer.length === 0) add('nothing-answered', 'answer', 'the answer names no customer')
  const same = answer.filter((row) => row.address !== null && normal(row.address) === address)
  for (const row of answer.filter(({ address: given }) => given !== null && normal(given) !== address)) {
    const swapped = isSwapped(address, normal(row.address ?? '') ?? '')
    if (swapped)
      add('digits-swapped', row.place, 'the answered address differs from the asked one by swapped or mistyped digits')
    else add('other-address', row.place, 'the answered address is not the asked one')
  }
  const silent = answer.filter(({ address: given }) => given === null)
  const relevant = [...same, ...silent]
  const times = relevant.map((row) => ({ row, time: timeCheck(instant, row) }))
  const answered = times.some(({ time }) => time === 'covers')
  // Rows of other times beside the one that fits are no fault: many answers hold a whole day.
  for (const { row, time } of times) if (!answered || time !== 'wrong') explainTime(add, instant, row, time)
  const fitting = times.filter(({ time }) => time === 'covers' || time === 'depends').map(({ row }) => row)
  const distinct = new Set(fitting.map(({ customer }) => customer?.trim().toLowerCase() ?? null))
  const customers = fitting.length === 0 ? 'none' : distinct.size > 1 ? 'several' : 'one'
  explainCustomers(add, asked, fitting, customers)
  return {
    address: same.length > 0 ? 'same' : answer.some((row) => row.address !== null) ? 'other' : 'not said',
    time: worst(times.map(({ time }) => time)),
    customers,
    fitting,
    findings,
  }
}

const normal = (written: string): string | null => {
  const reading = readIp(written)
  return reading.ok ? (reading.value.mappedIpv4 ?? reading.value.address) : null
}

/** One digit wrong, one too many or missing, or two neighbours exchanged. */
function isSwapped(a: string, b: string): boolean {
  const [left, right] = [a.replace(/[.:]/g, ''), b.replace(/[.:]/g, '')]
  if (left === right) return true
  let start = 0
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start += 1
  let end = 0
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  const [x, y] = [left.slice(start, left.length - end), right.slice(start, right.length - end)]
  return Math.max(x.length, y.length) === 1 || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0])
}

type TimeVerdict = AnswerCheck['time']

const instantsOf = (claim: TimeClaim | null): number[] =>
  claim === null ? [] : (claim.instant !== null ? [claim.instant] : claim.candidates).map((each) => Date.parse(each))

/** Every reading of the start with every reading of the end. */
function timeCheck(instant: number, row: AnsweredCustomer, shift = 0): TimeVerdict {
  const starts = instantsOf(row.from)
  const stops = instantsOf(row.to)
  if (starts.length === 0 && stops.length === 0) return 'not said'
  const verdicts = (starts.length === 0 ? [null] : starts).flatMap((start) =>
    (stops.length === 0 ? [null] : stops).map((stop) =>
      covers(instant, start === null ? null : start + shift, stop === null ? null : stop + shift),
    ),
  )
  if (hasNoZone(row))
    return verdicts.every((covered) => !covered) && !inAnyZone(instant, starts, stops) ? 'wrong' : 'depends'
  if (verdicts.every((covered) => covered)) return 'covers'
  return verdicts.some((covered) => covered) ? 'depends' : 'wrong'
}

/** Clocks of the world differ from UTC by 14 hours at most. */
function inAnyZone(instant: number, starts: readonly number[], stops: readonly number[]): boolean {
  const all = [...starts, ...stops]
  return Math.min(...all) - 14 * hour <= instant && instant <= Math.max(...all) + 14 * hour
}

/** Without a zone the one reading we have is only one of many: up to 14 hours either way. */
const hasNoZone = ({ from, to }: AnsweredCustomer): boolean =>
  [from, to].some(
    (claim) => claim !== null && claim.instant === null && claim.zone.kind === 'unknown' && !isTwice(claim),
  )

/** Two readings exactly one hour apart: the hour that came twice, whose zone is known. */
function isTwice({ candidates }: TimeClaim): boolean {
  const [first, second] = candidates.map((each) => Date.parse(each))
  return candidates.length === 2 && first !== undefined && second !== undefined && Math.abs(second - first) === hour
}

function covers(instant: number, start: number | null, stop: number | null): boolean {
  if (start !== null && stop !== null) return start <= instant && instant <= stop
  // A single time is an event, not a period: it answers its own minute.
  const only = start ?? stop
  return only !== null && Math.abs(only - instant) < sessionless
}

function explainTime(
  add: (code: AnswerFinding['code'], place: Place, says: string) => void,
  instant: number,
  row: AnsweredCustomer,
  time: TimeVerdict,
): void {
  const twice = [row.from, row.to].some((claim) => claim !== null && claim.instant === null && isTwice(claim))
  if (twice)
    add('hour-twice', row.place, 'the answered time lies in the hour that comes twice when the clock is put back')
  if (time === 'depends' && !twice) {
    add(
      'time-depends',
      row.place,
      'the answered time names no zone or no clear date: it covers the asked instant only in some readings',
    )
  }
  if (time !== 'wrong') return
  const offBy = [1, -1].filter((hours) => timeCheck(instant, row, hours * hour) === 'covers')
  const others = [2, 3, 4, 5, 5.5, 6, 7, 8, 9, 10, 11, 12].flatMap((hours) => [hours, -hours])
  const mistaken = others.find((hours) => timeCheck(instant, row, hours * hour) === 'covers')
  if (offBy.length > 0) {
    add(
      'one-hour-off',
      row.place,
      'wrong by exactly one hour: daylight saving was forgotten or applied twice; ask again',
    )
  } else if (mistaken !== undefined && row.to !== null) {
    add(
      'zone-mistaken',
      row.place,
      `would fit if moved by ${mistaken} hours: the time was not converted from the asked zone; ask again`,
    )
  }
  add('time-wrong', row.place, 'the answered period does not cover the asked instant: this is a wrong answer')
}

function explainCustomers(
  add: (code: AnswerFinding['code'], place: Place, says: string) => void,
  asked: AskedAddress,
  fitting: readonly AnsweredCustomer[],
  customers: AnswerCheck['customers'],
): void {
  if (customers === 'several') {
    add('several-customers', 'answer', `${fitting.length} rows of several customers fit: the address was shared`)
    if (asked.port === null || fitting.some(({ port }) => port === null)) {
      add('port-missing', 'answer', 'without the source port on both sides nobody can be named')
    }
  }
  for (const row of fitting) {
    if (asked.port !== null && row.port !== null && row.port !== asked.port) {
      add('other-port', row.place, 'the answered port is not the asked one')
    }
  }
}

/** One row that covers the instant answers the question; a doubtful one beside it must be known. */
const worst = (times: readonly TimeVerdict[]): TimeVerdict => {
  if (times.length === 0) return 'not said'
  if (times.every((time) => time === 'covers')) return 'covers'
  if (times.includes('covers')) return times.includes('depends') ? 'depends' : 'covers'
  return times.includes('depends') ? 'depends' : times.includes('wrong') ? 'wrong' : 'not said'
}
