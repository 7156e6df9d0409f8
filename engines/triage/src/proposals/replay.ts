import { isHigher, type Priority } from '@tandem/core'
import type { TriageFacts } from '../facts.ts'
import { triage } from '../score.ts'
import type { Hundredths, WeightSet } from '../weight-set.ts'

export interface ReplayCase {
  readonly id: string
  readonly facts: TriageFacts
  readonly receivedAt: string
}

export interface Moved {
  readonly id: string
  readonly priority: { readonly from: Priority; readonly to: Priority }
  readonly childUrgency: { readonly from: Hundredths; readonly to: Hundredths }
  readonly offenderDanger: { readonly from: Hundredths; readonly to: Hundredths }
}

/** What would change if another weight set were in force: for the people who decide whether it should be. */
export interface Replay {
  readonly from: string
  readonly to: string
  readonly cases: number
  readonly unchanged: number
  readonly raised: readonly Moved[]
  readonly lowered: readonly Moved[]
  /** Same priority, other sums: they may stand elsewhere among their equals. */
  readonly shifted: readonly Moved[]
}

export function replayWeights(before: WeightSet, after: WeightSet, cases: readonly ReplayCase[], now: string): Replay {
  const raised: Moved[] = []
  const lowered: Moved[] = []
  const shifted: Moved[] = []
  for (const { id, facts, receivedAt } of cases) {
    const was = triage(facts, { now, receivedAt, weights: before })
    const is = triage(facts, { now, receivedAt, weights: after })
    const moved: Moved = {
      id,
      priority: { from: was.computedPriority, to: is.computedPriority },
      childUrgency: { from: was.childUrgency.hundredths, to: is.childUrgency.hundredths },
      offenderDanger: { from: was.offenderDanger.hundredths, to: is.offenderDanger.hundredths },
    }
    if (isHigher(moved.priority.to, moved.priority.from)) raised.push(moved)
    else if (isHigher(moved.priority.from, moved.priority.to)) lowered.push(moved)
    else if (
      moved.childUrgency.from !== moved.childUrgency.to ||
      moved.offenderDanger.from !== moved.offenderDanger.to
    ) {
      shifted.push(moved)
    }
  }
  const unchanged = cases.length - raised.length - lowered.length - shifted.length
  return { from: before.id, to: after.id, cases: cases.length, unchanged, raised, lowered, shifted }
}
