import { type WallClock, wallMilliseconds } from '../conversation/times.ts'

/** Words for a zone that mean one thing everywhere. `BST`, `IST`, `CST` name several zones and are never taken. */
const fixed: ReadonlyMap<string, string> = new Map([
  ['utc', 'Z'],
  ['gmt', 'Z'],
  ['z', 'Z'],
  ['zulu', 'Z'],
])

export type Zone = { readonly offset: string } | { readonly name: string }

/** An offset, a word that means one offset, or a name of the IANA database. Null: nobody can know. */
export function readZone(written: string): Zone | null {
  const text = written.trim()
  const word = fixed.get(text.toLowerCase())
  if (word !== undefined) return { offset: word }
  const offset = /^(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text)
  if (offset !== null) {
    const [, sign = '+', hours = '', minutes = '00'] = offset
    if (Number(hours) > 14 || Number(minutes) > 59) return null
    return { offset: `${sign}${hours.padStart(2, '0')}:${minutes}` }
  }
  if (!/^[A-Za-z]+(?:\/[A-Za-z_+-]+){1,2}$/.test(text) || text.length > 64) return null
  return formatterOf(text) === null ? null : { name: text }
}

const hour = 3_600_000

/**
 * The instants at which a clock in this zone shows this: none in the hour that is left out in spring, two in the hour
 * that comes twice in autumn.
 */
export function instantsOf(clock: WallClock, zone: Zone): number[] {
  const wall = wallMilliseconds(clock)
  if (wall === null) return []
  if ('offset' in zone) return [wall - offsetMilliseconds(zone.offset)]
  const formatter = formatterOf(zone.name)
  if (formatter === null) return []
  const offsets = new Set([wall - 26 * hour, wall, wall + 26 * hour].map((at) => offsetAt(formatter, at)))
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => at + offsetAt(formatter, at) === wall)
    .sort((a, b) => a - b)
}

export function offsetMilliseconds(offset: string): number {
  if (offset === 'Z') return 0
  const sign = offset.startsWith('-') ? -1 : 1
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000
}

function formatterOf(name: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch {
    return null
  }
}

function offsetAt(formatter: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return shown - Math.floor(at / 1000) * 1000
}
