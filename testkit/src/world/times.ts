/** A time as a sender writes it, and the instant it states: null when it names no zone or is no time at all. */
export interface WrittenTime {
  readonly written: string
  readonly instant: string | null
  /** What really happened, when the sender states the wrong instant. */
  readonly truly?: string
  readonly flaw?: 'no zone' | 'no time'
}

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The world begins at a fixed moment: no clock is read. A Monday morning in British Summer Time. */
export const worldStart = Date.UTC(2026, 4, 4, 8, 0, 0)

export const utc = (at: number): WrittenTime => ({ written: withoutMilliseconds(at), instant: instantOf(at) })

/** Stated with an offset in minutes east: the same instant, another spelling. */
export function withOffset(at: number, minutes: number): WrittenTime {
  const local = withoutMilliseconds(at + minutes * minute).slice(0, -1)
  return { written: `${local}${offsetText(minutes)}`, instant: instantOf(at) }
}

/** Local clock time with no zone beside it: nobody may turn this into an instant. */
export const withoutZone = (at: number, minutes: number): WrittenTime => ({
  written: withoutMilliseconds(at + minutes * minute).slice(0, -1),
  instant: null,
  truly: instantOf(at),
  flaw: 'no zone',
})

/** A local clock time that the sender marks as UTC: it states an instant, the wrong one. */
export const wronglyUtc = (at: number, minutes: number): WrittenTime => ({
  ...utc(at + minutes * minute),
  truly: instantOf(at),
})

export const noTime = (written: string): WrittenTime => ({ written, instant: null, flaw: 'no time' })

const instantOf = (at: number): string => new Date(at).toISOString()
const withoutMilliseconds = (at: number): string => `${instantOf(at).slice(0, 19)}Z`

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
