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

/** `22 Nov 2026 19:25:03 UTC`; `short` leaves out year, seconds and zone for dense rows. */
export function utc(instant: string, short = false): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  const day = `${two(date.getUTCDate())} ${months[date.getUTCMonth()] ?? ''}`
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
  return short ? `${day} ${clock}` : `${day} ${date.getUTCFullYear()} ${clock}:${two(date.getUTCSeconds())} UTC`
}

/** Nine in the morning of the next day, on the officer's own clock. */
export function tomorrowMorning(now: number): Date {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, 9)
}

/** What an `<input type="datetime-local">` takes and gives, on the officer's own clock. */
export function localInput(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
