import { readTimeClaim, type TimeClaim } from '@tandem/core'
import { unixTime, unzoned, type WallClock, wallMilliseconds } from '../conversation/times.ts'
import { instantsOf, readZone, type Zone } from './zones.ts'

export type DayFirst = 'day-month' | 'month-day' | 'open'

export interface AnswerTime {
  readonly claim: TimeClaim
  readonly doubt: { readonly code: string; readonly says: string } | null
}

interface Reading {
  readonly clocks: readonly WallClock[]
  readonly zone: string | null
}

const clockPart = '(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:[.,]\\d{1,9})?(?:\\s*([ap])(?:\\.?m\\b\\.?|\\.|(?![a-z])))?'
const zonePart =
  '(?:\\s*\\(?((?:UTC|GMT)(?:\\s?[+-]\\d{1,2}(?::?\\d{2})?)?|Z|[+-]\\d{2}:?\\d{2}|[A-Z_]{2,20}(?:/[A-Z0-9_+-]{2,30}){1,2}|[A-Z]{2,5})\\)?)?$'
const yearFirst = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})[T ,]+${clockPart}${zonePart}`, 'i')
const yearLast = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})[T ,]+${clockPart}${zonePart}`, 'i')
const unixDate = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([A-Z]{1,5}|[+-]\d{4}) (\d{4})$/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The numbers that decide the order of day and month, for evidence over many rows. */
export function dayEvidence(text: string): DayFirst {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b/.exec(text.trim())
  if (match === null) return 'open'
  if (Number(match[1]) > 12) return 'day-month'
  return Number(match[2]) > 12 ? 'month-day' : 'open'
}

/**
 * A time of an answer. Its own zone wins over the one of the caption or of a zone column; without any there is no
 * instant. An epoch is UTC by definition.
 */
export function readAnswerTime(written: string, elsewhere: string | null, days: DayFirst): AnswerTime {
  const text = written.trim().slice(0, 100)
  const full = readTimeClaim(text)
  if (full.instant !== null) return { claim: { ...full, original: written }, doubt: null }
  if (/^\d{10}$/.test(text) || /^\d{13}$/.test(text)) {
    const claim = unixTime(text, text.length === 10 ? 'seconds' : 'milliseconds')
    if (claim !== null) return { claim: { ...claim, original: written }, doubt: null }
  }
  const reading = read(text, days)
  if (reading === null)
    return doubtful(written, [], 'time-invalid', 'not a date and time that we know: kept as written')
  const zone = reading.zone === null ? (elsewhere === null ? null : readZone(elsewhere)) : readZone(reading.zone)
  const walls = reading.clocks.map(wallMilliseconds).filter((wall) => wall !== null)
  if (walls.length === 0) return doubtful(written, [], 'time-invalid', 'no such date or time: kept as written')
  if (zone === null) {
    const named = reading.zone ?? elsewhere
    const says =
      named === null
        ? 'no zone is stated: no instant, no further request on it'
        : 'the zone is not one that means one thing'
    return doubtful(written, walls, named === null ? 'zone-unknown' : 'zone-ambiguous', says)
  }
  return zoned(written, reading.clocks, zone)
}

function zoned(written: string, clocks: readonly WallClock[], zone: Zone): AnswerTime {
  const instants = [...new Set(clocks.flatMap((clock) => instantsOf(clock, zone)))]
  const [only] = instants
  if (only === undefined) {
    return doubtful(written, [], 'hour-left-out', 'the clock was put forward: this hour did not exist in that zone')
  }
  if (instants.length > 1) {
    const dates = clocks.filter((clock) => wallMilliseconds(clock) !== null).length
    if (dates > 1)
      return doubtful(written, instants, 'day-order-undecided', 'day and month may be the other way round: both kept')
    return doubtful(written, instants, 'hour-twice', 'the clock was put back: this hour came twice, both are kept')
  }
  const instant = new Date(only).toISOString()
  const [clock] = clocks.filter((each) => wallMilliseconds(each) !== null)
  const shown = clock === undefined ? 0 : ((wallMilliseconds(clock) ?? only) - only) / 60_000
  return {
    claim: { original: written, instant, zone: { kind: 'stated', offset: offsetText(shown) }, candidates: [] },
    doubt: null,
  }
}

const offsetText = (minutes: number): string =>
  minutes === 0
    ? 'Z'
    : `${minutes < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`

const doubtful = (written: string, readings: readonly number[], code: string, says: string): AnswerTime => ({
  claim: unzoned(written, readings),
  doubt: { code, says },
})

function read(text: string, days: DayFirst): Reading | null {
  const first = yearFirst.exec(text)
  if (first !== null) {
    const [, year, month, day, hour, minute, second, half, zone] = first
    return { clocks: [clockOf(year, month, day, hour, minute, second, half)], zone: zone ?? null }
  }
  const last = yearLast.exec(text)
  if (last !== null) {
    const [, one, two, year, hour, minute, second, half, zone] = last
    const dayMonth = clockOf(year, two, one, hour, minute, second, half)
    const monthDay = clockOf(year, one, two, hour, minute, second, half)
    const clocks = days === 'day-month' ? [dayMonth] : days === 'month-day' ? [monthDay] : [dayMonth, monthDay]
    return { clocks, zone: zone ?? null }
  }
  const unix = unixDate.exec(text)
  if (unix === null) return null
  const [, month = '', day, hour, minute, second, zone = '', year] = unix
  const number = String(months.indexOf(month.toLowerCase()) + 1)
  return { clocks: [clockOf(year, number, day, hour, minute, second, undefined)], zone }
}

type Digits = string | undefined

function clockOf(
  year: Digits,
  month: Digits,
  day: Digits,
  hour: Digits,
  minute: Digits,
  second: Digits,
  half: Digits,
): WallClock {
  const written = Number(hour)
  const late = half?.toLowerCase() === 'p'
  return {
    year: Number(year) < 100 ? 2000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
    hour: half === undefined || written > 12 ? written : (written % 12) + (late ? 12 : 0),
    minute: Number(minute),
    second: Number(second ?? '0'),
  }
}
