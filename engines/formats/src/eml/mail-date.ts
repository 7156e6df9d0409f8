import type { TimeClaim } from '@tandem/core'
import { unzoned, wallMilliseconds } from '../conversation/times.ts'
import { withoutComments } from './header.ts'

export interface MailDate {
  readonly claim: TimeClaim
  /** A weekday was written and is not the weekday of that date: the date was made up or changed. */
  readonly weekdayDiffers: boolean
  readonly readable: boolean
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** RFC 5322 section 4.3: only these words have a meaning; other letters say nothing about the zone. */
const zones: ReadonlyMap<string, string> = new Map([
  ['ut', '+00:00'],
  ['utc', '+00:00'],
  ['gmt', '+00:00'],
  ['z', '+00:00'],
  ['est', '-05:00'],
  ['edt', '-04:00'],
  ['cst', '-06:00'],
  ['cdt', '-05:00'],
  ['mst', '-07:00'],
  ['mdt', '-06:00'],
  ['pst', '-08:00'],
  ['pdt', '-07:00'],
])

const usual =
  /^(?:([a-z]{3,9})\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?[\s-]+(\d{2}|\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?$/i
/** asctime, as the separating line of an mbox has it: `Fri Feb 22 17:06:23 2008`. */
const asctime =
  /^([a-z]{3})\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s*([+-]\d{4}|[a-z]{1,5})?\s+(\d{4})(?:\s+([+-]\d{4}))?$/i

/** A date of RFC 5322 with the obsolete forms that old mail has; the original stays as written. */
export function readMailDate(written: string): MailDate {
  const text = withoutComments(written.slice(0, 200)).trim().replace(/\s+/g, ' ')
  const match = usual.exec(text)
  if (match !== null) {
    const [, weekday, day, month = '', year = '', hour, minute, second = '0', zone] = match
    return made(written, weekday, { day, month, year, hour, minute, second }, zone)
  }
  const other = asctime.exec(text)
  if (other === null) return { claim: unzoned(written, []), weekdayDiffers: false, readable: false }
  const [, weekday, month = '', day, hour, minute, second = '0', before, year = '', after] = other
  return made(written, weekday, { day, month, year, hour, minute, second }, after ?? before)
}

interface Parts {
  readonly day: string | undefined
  readonly month: string
  readonly year: string
  readonly hour: string | undefined
  readonly minute: string | undefined
  readonly second: string
}

function made(written: string, weekday: string | undefined, parts: Parts, zone: string | undefined): MailDate {
  const month = months.indexOf(parts.month.slice(0, 3).toLowerCase()) + 1
  const clock = {
    year: fullYear(parts.year),
    month,
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    second: Number(parts.second),
  }
  const reading = month === 0 ? null : wallMilliseconds(clock)
  if (reading === null) return { claim: unzoned(written, []), weekdayDiffers: false, readable: false }
  const named = weekdays.indexOf((weekday ?? '').slice(0, 3).toLowerCase())
  const midnight = new Date(Date.UTC(clock.year, month - 1, clock.day))
  const weekdayDiffers = named >= 0 && named !== midnight.getUTCDay()
  const offset = offsetOf(zone)
  if (offset === null) return { claim: unzoned(written, [reading]), weekdayDiffers, readable: true }
  const sign = offset.startsWith('-') ? -1 : 1
  const minutes = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)))
  const instant = new Date(reading - minutes * 60_000).toISOString()
  return {
    claim: { original: written, instant, zone: { kind: 'stated', offset }, candidates: [] },
    weekdayDiffers,
    readable: true,
  }
}

/** RFC 5322 section 4.3: two digits below 50 are of this century. */
const fullYear = (year: string): number =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900)

function offsetOf(zone: string | undefined): string | null {
  if (zone === undefined) return null
  const named = zones.get(zone.toLowerCase())
  if (named !== undefined) return named
  if (!/^[+-]\d{4}$/.test(zone) || Number(zone.slice(1, 3)) > 14 || Number(zone.slice(3)) > 59) return null
  return `${zone.slice(0, 3)}:${zone.slice(3)}`
}
