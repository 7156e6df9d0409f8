import type { Priority } from '@tandem/core'
import type { ActBy } from './clocks.ts'
import { ownEpoch, toInstant } from './instants.ts'
import type { TriageScore } from './score.ts'

/**
 * A text that sorts the queue by plain code units (in SQL: COLLATE "C"), lowest first: effective priority,
 * earliest running clock, child urgency, offender danger, received-at, id.
 */
export function orderKey(
  score: Pick<TriageScore, 'childUrgency' | 'offenderDanger'>,
  of: {
    readonly effective: Priority
    readonly clocks: readonly ActBy[]
    readonly receivedAt: string
    readonly id: string
  },
): string {
  return [
    of.effective,
    earliest(of.clocks),
    descending(score.childUrgency.hundredths),
    descending(score.offenderDanger.hundredths),
    toInstant(ownEpoch(of.receivedAt, 'receivedAt')),
    of.id,
  ].join('|')
}

/** Data that has already expired hurries nobody; a missed decision still does. */
function earliest(clocks: readonly ActBy[]): string {
  const due = clocks.flatMap((clock) =>
    clock.dueAt === null || (clock.clock === 'provider data' && clock.passed) ? [] : [clock.dueAt],
  )
  return due.reduce((first, one) => (one < first ? one : first), 'none')
}

/** Higher first: counted down from a bound that no sum of a weight set reaches. */
const descending = (hundredths: number): string => String(5_000_000 - hundredths).padStart(8, '0')
