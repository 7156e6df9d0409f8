import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface DateReading {
  readonly identifier: Identifier
  /** Every day it can mean, `2026-05-04`; more than one when the order of day and month is not clear. */
  readonly days: readonly string[]
  /** Time of day and zone exactly as written behind the date, or null. */
  readonly time: string | null
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const time =
  /^[T ,:]{1,2}([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?$/

/**
 * A day, with a time of day if one is written. `04/05/2026` is two days: neither is guessed, the reading in order of
 * day and month is `normal` and the other one stands in `also`.
 */
export function readDate(written: string): Result<DateReading, IdentifierRefusal> {
  if (written.length > 64) return refuse('date-length', 'longer than any date')
  const text = written.trim().replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? /i, '')
  const split = splitDate(text)
  if (split === null) return refuse('date-form', 'not written like a date')
  const days = [...new Set(split.readings.filter(isDay).map(textOf))]
  const { rest } = split
  if (days.length > 0 && rest !== '' && !isTime(rest))
    return refuse('date-time', 'what follows the date is no time of day')
  const at = rest === '' ? null : rest.replace(/^[T ,:]+/, '')
  const identifier = identifierOf(days, at)
  if (identifier === null) return refuse('date-calendar', 'no such day in the calendar')
  return ok({ identifier, days, time: at })
}

/** For a text whose numbers are known already. Null when the calendar has no such day. */
export function dateIdentifier(readings: readonly Day[], time: string | null): Identifier | null {
  const days: string[] = []
  for (const reading of readings) {
    if (!isDay(reading)) continue
    const text = textOf(reading)
    if (days[0] !== text) days.push(text)
  }
  return identifierOf(days, time)
}

function identifierOf(days: readonly string[], time: string | null): Identifier | null {
  const [first, second] = days
  if (first === undefined) return null
  const suffix = time === null ? '' : ` ${time}`
  return second === undefined
    ? { kind: 'date', normal: first + suffix, strength: 'form', because: 'a day of the calendar' }
    : {
        kind: 'date',
        normal: first + suffix,
        strength: 'weak',
        because: 'day and month can stand in either order',
        also: [second + suffix],
      }
}

export type Day = readonly [year: number, month: number, day: number]

function splitDate(text: string): { readings: readonly Day[]; rest: string } | null {
  const iso = /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])/.exec(text)
  if (iso !== null) return found(iso, [[Number(iso[1]), Number(iso[3]), Number(iso[4])]], text)
  const numbers = /^([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])/.exec(text)
  if (numbers !== null) {
    const [a, b, year] = [Number(numbers[1]), Number(numbers[3]), century(numbers[4] ?? '')]
    return found(
      numbers,
      [
        [year, b, a],
        [year, a, b],
      ],
      text,
    )
  }
  const named = /^([0-9]{1,2})(?:st|nd|rd|th)?[ /.-]{1,2}([a-z]{3,9})\.?,?[ /-]([0-9]{4})(?![0-9])/i.exec(text)
  if (named !== null) return withMonth(named, named[2], named[1], named[3], text)
  const american = /^([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?![0-9])/i.exec(text)
  return american === null ? null : withMonth(american, american[1], american[2], american[3], text)
}

const found = (match: RegExpExecArray, readings: readonly Day[], text: string) => ({
  readings,
  rest: text.slice(match[0].length),
})

function withMonth(match: RegExpExecArray, name = '', day = '', year = '', text = '') {
  const month = monthNumber(name)
  return month === null ? null : found(match, [[Number(year), month, Number(day)]], text)
}

const fullNames = 'january february march april may june july august september october november december sept'.split(
  ' ',
)

export function monthNumber(name: string): number | null {
  const lower = name.toLowerCase()
  if (lower.length !== 3 && !fullNames.includes(lower)) return null
  const at = months.indexOf(lower.slice(0, 3))
  return at === -1 ? null : at + 1
}

/** Two digits are this century up to 69, as POSIX reads them. */
const century = (year: string): number => (year.length === 4 ? Number(year) : centuryOf(Number(year)))

export const centuryOf = (year: number): number => year + (year < 70 ? 2000 : 1900)

function isDay([year, month, day]: Day): boolean {
  if (month < 1 || month > 12 || day < 1 || year < 1800 || year > 2200) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)
}

const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`)

let lastDay = Number.NaN
let lastText = ''

/** Logs and chats say the same day again and again. */
function textOf([year, month, day]: Day): string {
  const key = year * 10_000 + month * 100 + day
  if (key !== lastDay) {
    lastDay = key
    lastText = `${year}-${two(month)}-${two(day)}`
  }
  return lastText
}

function isTime(rest: string): boolean {
  const match = time.exec(rest)
  if (match === null) return false
  const [, hour = '', minute = '', second = '0', half] = match
  return Number(hour) < (half === undefined ? 24 : 13) && Number(minute) < 60 && Number(second) < 61
}
