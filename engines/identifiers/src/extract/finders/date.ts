import { centuryOf, type Day, dateIdentifier, monthNumber } from '../../place/date.ts'
import { isDigit, isLetter, isWordByte } from '../bytes.ts'
import type { Page } from '../page.ts'
import { type Groups, lengthOf } from './numbers.ts'

interface Written {
  readonly end: number
  /** More than one where day and month can stand in either order. */
  readonly readings: readonly Day[]
}

/** `2026-05-04`, `4/5/2026`, `4 May 2026`, with the time of day behind them. */
export function findDate(page: Page, place: number, groups: Groups): boolean {
  if (!page.wants('date')) return false
  const written = inNumbers(page, groups) ?? withMonth(page, place, lengthOf(groups, 0))
  if (written === null) return false
  const before = page.at(place - 1)
  if (before === 46 || before === 45 || before === 47 || before === 43) return false
  return emitDate(page, place, written)
}

function inNumbers(page: Page, groups: Groups): Written | null {
  const mark = groups.marks[0] ?? 0
  if (groups.count < 3 || mark !== groups.marks[1] || groups.marks[2] === mark) return null
  if (mark !== 45 && mark !== 47 && mark !== 46) return null
  const [first, second, third] = [lengthOf(groups, 0), lengthOf(groups, 1), lengthOf(groups, 2)]
  if (second > 2) return null
  const end = groups.ends[2] ?? 0
  const [a, b, c] = [numberAt(page, groups, 0), numberAt(page, groups, 1), numberAt(page, groups, 2)]
  if (first === 4 && third < 3) return { end, readings: [[a, b, c]] }
  // Without a year of four digits a dot or hyphen says too little: 1.2.03 is a version.
  if (first > 2 || (third !== 4 && (third !== 2 || mark !== 47))) return null
  const year = third === 4 ? c : centuryOf(c)
  return { end, readings: [[year, b, a] as const, [year, a, b] as const] }
}

const numberAt = (page: Page, groups: Groups, at: number): number =>
  numberOf(page, groups.starts[at] ?? 0, groups.ends[at] ?? 0)

function numberOf(page: Page, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at += 1) value = value * 10 + page.at(at) - 48
  return value
}

/** Behind the day: `th`, a blank or mark, a month, a year of four digits. */
function withMonth(page: Page, place: number, digits: number): Written | null {
  if (digits > 2) return null
  let at = place + digits
  if (isLetter(page.at(at))) {
    if (!isOrdinal(page, at)) return null
    at += 2
  }
  const mark = page.at(at)
  if (mark !== 32 && mark !== 45 && mark !== 47 && mark !== 46) return null
  at += 1
  if (page.at(at) === 32) at += 1
  const start = at
  while (at - start < 10 && isLetter(page.at(at))) at += 1
  const month = at - start < 3 ? null : monthNumber(page.ascii(start, at))
  if (month === null) return null
  if (page.at(at) === 46) at += 1
  if (page.at(at) === 44) at += 1
  if (page.at(at) !== 32 && page.at(at) !== 45 && page.at(at) !== 47) return null
  return withYear(page, at + 1, month, numberOf(page, place, place + digits))
}

/** st, nd, rd, th. */
const isOrdinal = (page: Page, at: number): boolean =>
  !isLetter(page.at(at + 2)) && /^(?:st|nd|rd|th)$/i.test(page.ascii(at, at + 2))

const withYear = (page: Page, at: number, month: number, day: number): Written | null =>
  isTwo(page, at) && isTwo(page, at + 2) && !isDigit(page.at(at + 4))
    ? { end: at + 4, readings: [[numberOf(page, at, at + 4), month, day]] }
    : null

/** At the name of a month: `May 4, 2026`. */
export function findMonthFirst(page: Page, start: number, end: number): void {
  const dayAt = page.at(end) === 46 ? end + 2 : end + 1
  if (page.at(dayAt - 1) !== 32 || !isDigit(page.at(dayAt))) return
  let at = isDigit(page.at(dayAt + 1)) ? dayAt + 2 : dayAt + 1
  const day = numberOf(page, dayAt, at)
  if (isLetter(page.at(at))) {
    if (!isOrdinal(page, at)) return
    at += 2
  }
  if (page.at(at) === 44) at += 1
  const month = monthNumber(page.ascii(start, end))
  const written = page.at(at) === 32 && month !== null ? withYear(page, at + 1, month, day) : null
  if (written !== null) emitDate(page, start, written)
}

function emitDate(page: Page, start: number, { end, readings }: Written): boolean {
  if (isWordByte(page.at(end)) && page.at(end) !== 84) return false
  const time = timeStart(page, end)
  const until = time === 0 ? 0 : timeEnd(page, time)
  const stop = until === 0 || isWordByte(page.at(until)) ? end : until
  if (stop === end && isWordByte(page.at(end))) return false
  const identifier = dateIdentifier(readings, stop === end ? null : page.ascii(time, stop))
  if (identifier === null) return false
  page.digitsUntil = Math.max(page.digitsUntil, stop)
  page.emit(start, stop, identifier)
  return true
}

/** `T`, a blank, a comma or a colon stand before the time; 0 when none of them does. */
function timeStart(page: Page, from: number): number {
  const mark = page.at(from)
  if (mark !== 84 && mark !== 32 && mark !== 44 && mark !== 58) return 0
  const at = mark === 44 && page.at(from + 1) === 32 ? from + 2 : from + 1
  return isDigit(page.at(at)) ? at : 0
}

/** `9:12 PM`, `09:12:33.5Z`, `09:12:33 +0000`: the end, or 0 when it is no time of day. */
function timeEnd(page: Page, from: number): number {
  let at = isDigit(page.at(from + 1)) ? from + 2 : from + 1
  const hour = numberOf(page, from, at)
  if (page.at(at) !== 58 || !isTwo(page, at + 1) || page.at(at + 1) > 53) return 0
  at += 3
  if (page.at(at) === 58 && isTwo(page, at + 1)) {
    if (numberOf(page, at + 1, at + 3) > 60) return 0
    at += 3
    if ((page.at(at) === 46 || page.at(at) === 44) && isDigit(page.at(at + 1))) {
      const fraction = at + 1
      at = fraction
      while (at - fraction < 9 && isDigit(page.at(at))) at += 1
    }
  }
  const half = halfEnd(page, at)
  if (half > at) return hour < 13 ? half : 0
  return hour < 24 ? zoneEnd(page, at) : 0
}

function halfEnd(page: Page, from: number): number {
  const at = page.at(from) === 32 ? from + 1 : from
  const letter = page.at(at) | 32
  return (letter === 97 || letter === 112) && (page.at(at + 1) | 32) === 109 ? at + 2 : from
}

function zoneEnd(page: Page, from: number): number {
  const at = page.at(from) === 32 ? from + 1 : from
  const first = page.at(at)
  if (first === 90 && !isWordByte(page.at(at + 1))) return at + 1
  if (first === 85 || first === 71) {
    const zone = page.ascii(at, at + 3)
    if (zone === 'UTC' || zone === 'GMT') return at + 3
  }
  if ((first === 43 || first === 45) && isTwo(page, at + 1)) {
    const minutes = page.at(at + 3) === 58 ? at + 4 : at + 3
    if (isTwo(page, minutes)) return minutes + 2
  }
  return from
}

const isTwo = (page: Page, at: number): boolean => isDigit(page.at(at)) && isDigit(page.at(at + 1))
