const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const two = (n: number): string => String(n).padStart(2, '0')

/** A length of time in its two greatest units: `2 d 4 h`, `3 h 05 m`, `9 m 30 s`, `45 s`. */
export function span(milliseconds: number): string {
  const length = Math.abs(milliseconds)
  if (length >= DAY) return `${Math.floor(length / DAY)} d ${Math.floor((length % DAY) / HOUR)} h`
  if (length >= HOUR) return `${Math.floor(length / HOUR)} h ${two(Math.floor((length % HOUR) / MINUTE))} m`
  if (length >= 10 * MINUTE) return `${Math.floor(length / MINUTE)} m`
  const seconds = Math.floor(length / 1000)
  return seconds >= 60 ? `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s` : `${seconds} s`
}

export interface Due {
  readonly text: string
  readonly overdue: boolean
  /** Under an hour left. */
  readonly soon: boolean
}

export function due(instant: string, now: number): Due {
  const left = Date.parse(instant) - now
  if (Number.isNaN(left)) return { text: 'unknown', overdue: false, soon: false }
  // Seconds matter while there is time to act, not after.
  if (left <= 0)
    return {
      text: left > -MINUTE ? 'just over' : `${span(Math.floor(left / MINUTE) * MINUTE).replace(/ m 00 s$/, ' m')} over`,
      overdue: true,
      soon: false,
    }
  return { text: span(left), overdue: false, soon: left < HOUR }
}

export function relative(instant: string, now: number): string {
  const age = now - Date.parse(instant)
  if (Number.isNaN(age)) return ''
  if (Math.abs(age) < MINUTE) return 'just now'
  const length = Math.abs(age)
  const unit =
    length >= DAY
      ? `${Math.floor(length / DAY)} d`
      : length >= HOUR
        ? `${Math.floor(length / HOUR)} h`
        : `${Math.floor(length / MINUTE)} m`
  return age > 0 ? `${unit} ago` : `in ${unit}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/**
 * `22 Nov 2026 19:25:03 UTC`; `short` leaves out seconds and zone for dense rows, and the year where it is the present
 * one: a date of another year without its year would be read as this one.
 */
export function utc(instant: string, short = false, now?: number): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  const day = `${two(date.getUTCDate())} ${months[date.getUTCMonth()] ?? ''}`
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
  const year = date.getUTCFullYear()
  if (short && now !== undefined && new Date(now).getUTCFullYear() !== year) return `${day} ${year} ${clock}`
  return short ? `${day} ${clock}` : `${day} ${year} ${clock}:${two(date.getUTCSeconds())} UTC`
}

/** The next nine in the morning on the officer's own clock: in the small hours that is today, not tomorrow. */
export function nextMorning(now: number): { readonly at: Date; readonly says: string } {
  const date = new Date(now)
  const isBefore = date.getHours() < 9
  const at = new Date(date.getFullYear(), date.getMonth(), date.getDate() + (isBefore ? 0 : 1), 9)
  return { at, says: isBefore ? 'Today 09:00' : 'Tomorrow 09:00' }
}

/** What an `<input type="datetime-local">` takes and gives, on the officer's own clock. */
export function localInput(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
