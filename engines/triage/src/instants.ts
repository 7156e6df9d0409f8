import { readTimeClaim } from '@tandem/core'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds since 1970, or null when the text has no zone or is no time. */
export function epochOf(instant: string): number | null {
  const claim = readTimeClaim(instant)
  return claim.instant === null ? null : Date.parse(claim.instant)
}

/** For instants that the cell itself gives; a wrong one is a bug, not an input. */
export function ownEpoch(instant: string, name: string): number {
  const epoch = epochOf(instant)
  if (epoch === null) throw new TypeError(`${name} must be RFC 3339 with a zone`)
  return epoch
}

const firstShown = Date.parse('0000-01-01T00:00:00.000Z')
const lastShown = Date.parse('9999-12-31T23:59:59.999Z')

/** Always 24 characters, so that texts sort like instants; what lies beyond four-digit years is held at the end. */
export const toInstant = (epoch: number): string =>
  new Date(Math.min(Math.max(epoch, firstShown), lastShown)).toISOString()

export const plusMinutes = (epoch: number, minutes: number): number => epoch + minutes * minute
export const plusDays = (epoch: number, days: number): number => epoch + days * day

/** Calendar years in UTC; 29 February falls back to 28 February, the earlier and so the safer date. */
export function plusYears(epoch: number, years: number): number {
  const date = new Date(epoch)
  const month = date.getUTCMonth()
  date.setUTCFullYear(date.getUTCFullYear() + years)
  if (date.getUTCMonth() !== month) date.setUTCDate(0)
  return date.getTime()
}
