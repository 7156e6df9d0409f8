import type { TimeClaim } from '@tandem/core'
import { type TimeDoubt, type TimeFacts, timeDoubts } from '@tandem/identifiers'
import { type AnswerTime, type DayFirst, readAnswerTime } from '../provider-returns/answer-time.ts'

export interface ContextTime extends TimeFacts {
  readonly claim: TimeClaim | null
}

const hour = 3_600_000
/** Clocks of the world stand between 12 hours behind UTC and 14 before it. */
const [earliest, latest] = [-14, 12]

/**
 * A time as somebody types it, with a zone behind it (an offset, `UTC`, `Europe/London`) or given apart. What the text
 * leaves open stays open: every instant that it can mean is named.
 */
export function readContextTime(written: string, zone: string | null = null, days: DayFirst = 'open'): ContextTime {
  const named = /^(.+?)[ T]+([A-Za-z]+(?:\/[A-Za-z_+-]+){1,2})$/.exec(written.trim())
  const [text, elsewhere] = named === null ? [written, zone] : [named[1] ?? '', named[2] ?? zone]
  const { claim, doubt } = readAnswerTime(text, elsewhere, days)
  return factsOf({ claim: { ...claim, original: written }, doubt })
}

/** A time that a report states. A time without a zone is read again for its hours on the wall. */
export function contextTimeOf(claim: TimeClaim | null): ContextTime {
  if (claim === null) return { claim, doubt: 'time-missing', instants: [], isToTheSecond: false }
  if (claim.instant !== null) {
    const doubt = claim.zone.kind === 'assumed' ? 'zone-assumed' : null
    return { claim, doubt, instants: [Date.parse(claim.instant)], isToTheSecond: hasSeconds(claim.original) }
  }
  const { candidates, original } = claim
  if (isTwice(candidates)) return factsOf({ claim, doubt: { code: 'hour-twice', says: '' } })
  if (candidates.length > 0) return factsOf({ claim, doubt: { code: 'zone-unknown', says: '' } })
  const again = readAnswerTime(original, null, 'open')
  return again.claim.instant === null
    ? { ...factsOf(again), claim }
    : factsOf({ claim, doubt: { code: 'time-invalid', says: '' } })
}

function factsOf({ claim, doubt }: AnswerTime): ContextTime {
  const isToTheSecond = hasSeconds(claim.original)
  if (claim.instant !== null) return { claim, doubt: null, instants: [Date.parse(claim.instant)], isToTheSecond }
  const code: TimeDoubt = timeDoubts.find((each) => each === doubt?.code) ?? 'time-invalid'
  const walls = claim.candidates.map((each) => Date.parse(each))
  const isPlaced = code === 'hour-twice' || (code === 'day-order-undecided' && walls.length > 0)
  const instants = isPlaced ? walls : [...new Set(walls.flatMap(everyHour))].sort((a, b) => a - b)
  return { claim, doubt: code, instants, isToTheSecond }
}

/** A wall clock in an unknown zone: one instant for each whole hour between UTC and that zone. */
const everyHour = (wall: number): number[] =>
  Array.from({ length: latest - earliest + 1 }, (_, at) => wall + (earliest + at) * hour)

/** Two readings exactly an hour apart: the hour that came twice, of a known zone. */
function isTwice([first, second, ...more]: readonly string[]): boolean {
  if (first === undefined || second === undefined || more.length > 0) return false
  return Math.abs(Date.parse(second) - Date.parse(first)) === hour
}

/** An epoch counts seconds; a clock shows them or not. */
const hasSeconds = (written: string): boolean =>
  /\d{1,2}:\d{2}:\d{2}/.test(written) || /^\s*\d{10}(?:\d{3})?\s*$/.test(written)
