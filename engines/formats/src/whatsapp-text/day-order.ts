import { wallMilliseconds } from '../conversation/times.ts'
import type { Header } from './header.ts'

export type DayOrder = 'day-month-year' | 'month-day-year' | 'year-month-day' | 'year-day-month'

export interface OrderDecision {
  /** One when decided, several when the file does not decide. Never empty. */
  readonly orders: readonly DayOrder[]
  readonly because: 'stated' | 'form' | 'impossible-dates' | 'sequence' | 'majority' | 'undecided'
  /** Headers whose date exists under the first order. */
  readonly fits: number
  readonly says: string
}

const all: readonly DayOrder[] = ['day-month-year', 'month-day-year', 'year-month-day', 'year-day-month']

/** The first number is a year only if it has two or four digits, the last one likewise. */
function possibleForms(headers: readonly Header[]): DayOrder[] {
  const yearFirst = headers.every(({ numbers: [first] }) => first.length === 4)
  const yearLast = headers.every(({ numbers: [, , last] }) => last.length === 4)
  if (yearFirst) return ['year-month-day', 'year-day-month']
  if (yearLast) return ['day-month-year', 'month-day-year']
  const twoFirst = headers.every(({ numbers: [first] }) => first.length === 2)
  const twoLast = headers.every(({ numbers: [, , last] }) => last.length === 2)
  return [
    ...(twoLast ? (['day-month-year', 'month-day-year'] as const) : []),
    ...(twoFirst ? (['year-month-day'] as const) : []),
  ]
}

/** Orders that only the dates themselves can prove: no telephone writes the first, one language (Basque) the second. */
const isRare = (order: DayOrder, headers: readonly Header[]): boolean =>
  order === 'year-day-month' ||
  (order === 'year-month-day' && headers.every(({ layout }) => /^[[-]\/(?!y)/.test(layout)))

/**
 * Which number is the day: decided by the whole file or not at all. First what form and calendar forbid, then the
 * sequence: a chat is written in the order of its messages, and a wrong order makes the days jump back.
 */
export function decideDayOrder(headers: readonly Header[], stated: DayOrder | null = null): OrderDecision {
  if (stated !== null) return decision([stated], 'stated', count(headers, stated), 'a person said the order of the day')
  const forms = possibleForms(headers)
  const candidates = forms.length === 0 ? all : forms
  const counted = candidates.map((order) => ({ order, fits: count(headers, order) }))
  const most = Math.max(...counted.map(({ fits }) => fits))
  const best = counted.filter(({ fits }) => fits === most).map(({ order }) => order)
  const usual = best.filter((order) => !isRare(order, headers))
  const open = usual.length > 0 ? usual : best
  const [only] = open
  if (open.length === 1 && only !== undefined) {
    if (most < headers.length)
      return decision(
        open,
        'majority',
        most,
        `${most} of ${headers.length} dates exist when read as ${only}, fewer otherwise`,
      )
    if (candidates.length === 1) return decision(open, 'form', most, `the form of the dates allows only ${only}`)
    return decision(open, 'impossible-dates', most, `some dates exist only when read as ${only}`)
  }
  const jumps = open.map((order) => ({ order, back: stepsBack(headers, order) })).sort((a, b) => a.back - b.back)
  const [first, second] = jumps
  if (first !== undefined && second !== undefined && second.back >= 2 && first.back * 10 < second.back) {
    const says = `read as ${first.order} the days go back ${first.back} times, otherwise at least ${second.back} times`
    return decision([first.order], 'sequence', most, says)
  }
  return decision(
    open.length === 0 ? all : open,
    'undecided',
    most,
    `the dates can be read as ${open.join(' or as ')}: nothing in the file decides; ask whose telephone wrote it`,
  )
}

const decision = (
  orders: readonly DayOrder[],
  because: OrderDecision['because'],
  fits: number,
  says: string,
): OrderDecision => ({ orders, because, fits, says })

const count = (headers: readonly Header[], order: DayOrder): number =>
  headers.reduce((sum, header) => sum + (wallTime(header, order) === null ? 0 : 1), 0)

function stepsBack(headers: readonly Header[], order: DayOrder): number {
  let back = 0
  let before = Number.NEGATIVE_INFINITY
  for (const header of headers) {
    const at = wallTime(header, order)
    if (at === null) continue
    const day = Math.floor(at / 86_400_000)
    if (day < before) back += 1
    before = day
  }
  return back
}

/** Milliseconds as if the clock had shown UTC, or null when the date or the time does not exist. */
export function wallTime(header: Header, order: DayOrder): number | null {
  const [first, second, third] = header.numbers.map(Number)
  if (first === undefined || second === undefined || third === undefined) return null
  const hour = hourOf(header)
  if (hour === null) return null
  const { minute, second: seconds } = header
  const [year, month, day] =
    order === 'day-month-year'
      ? [third, second, first]
      : order === 'month-day-year'
        ? [third, first, second]
        : order === 'year-month-day'
          ? [first, second, third]
          : [first, third, second]
  // WhatsApp began in 2009: two digits are a year of this century, and nothing is older.
  const full = year < 100 ? 2000 + year : year
  return full < 2009 ? null : wallMilliseconds({ year: full, month, day, hour, minute, second: seconds })
}

/** Some phones write 00:08 a. m.; a half of the day with an hour above twelve adds nothing. */
function hourOf({ hour, half }: Header): number | null {
  if (half === null || hour > 12) return hour
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}
