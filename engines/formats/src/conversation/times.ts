import type { TimeClaim } from '@tandem/core'

/** What a clock on the wall showed; nobody said where the wall was. */
export interface WallClock {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Milliseconds as if the clock had shown UTC, or null when there is no such date or time. */
export function wallMilliseconds(clock: WallClock): number | null {
  const { year, month, day, hour, minute, second } = clock
  if (hour > 23 || minute > 59 || second > 59 || year < 100 || year > 9999) return null
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null
}

/** No zone, no instant: the readings are given as if the clock had shown UTC, each once. */
export function unzoned(original: string, readings: readonly number[]): TimeClaim {
  const candidates = [...new Set(readings)].map((reading) => new Date(reading).toISOString())
  return { original, instant: null, zone: { kind: 'unknown' }, candidates }
}

/** Seconds or milliseconds since 1970 are UTC by definition (POSIX.1 section 4.16). */
export function unixTime(original: string, unit: 'seconds' | 'milliseconds'): TimeClaim | null {
  if (!/^-?[0-9]{1,16}(?:\.[0-9]{1,9})?$/.test(original.trim())) return null
  const milliseconds = Math.round(Number(original) * (unit === 'seconds' ? 1000 : 1))
  // Year 1 to 9999: more is no time of a message.
  if (milliseconds < -62_135_596_800_000 || milliseconds > 253_402_300_799_999) return null
  const instant = new Date(milliseconds).toISOString()
  return { original, instant, zone: { kind: 'stated', offset: 'Z' }, candidates: [] }
}
