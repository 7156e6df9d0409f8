/**
 * What a source said about a time. The original text is always kept; an instant is only given
 * when the source stated a zone. A time without zone has no instant and must not reach an ISP request.
 */
export interface TimeClaim {
  /** As written, untouched. */
  readonly original: string
  /** RFC 3339 in UTC with `Z`, or null when the zone is unknown or the text is no time. */
  readonly instant: string | null
  readonly zone: ZoneSource
  /** Possible readings (RFC 3339, UTC) when the text alone does not decide; empty when `instant` is known. */
  readonly candidates: readonly string[]
}

export type ZoneSource =
  | { readonly kind: 'stated'; readonly offset: string }
  | { readonly kind: 'assumed'; readonly offset: string; readonly because: string }
  | { readonly kind: 'unknown' }

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:?\d{2})?$/

/** Reads an ISO 8601 / RFC 3339 date-time. Anything else is kept as written with no instant. */
export function readTimeClaim(original: string): TimeClaim {
  const unknown: TimeClaim = { original, instant: null, zone: { kind: 'unknown' }, candidates: [] }
  const match = RFC3339.exec(original.trim())
  if (match === null) return unknown
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone] = match
  if (!isRealDate(Number(year), Number(month), Number(day))) return unknown
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return unknown
  if (zone === undefined) return unknown
  const offset = normaliseOffset(zone)
  if (offset === null) return unknown
  const milliseconds = fraction === '' ? '' : `${fraction}00`.slice(0, 4)
  const parsed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${milliseconds}${offset}`)
  if (Number.isNaN(parsed)) return unknown
  return { original, instant: new Date(parsed).toISOString(), zone: { kind: 'stated', offset }, candidates: [] }
}

function normaliseOffset(zone: string): string | null {
  if (zone === 'Z' || zone === 'z') return 'Z'
  const digits = zone.slice(1).replace(':', '')
  if (Number(digits.slice(0, 2)) > 14 || Number(digits.slice(2)) > 59) return null
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`
}

function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
