import type { Priority } from '@tandem/core'
import type { FactName } from './facts.ts'
import { type Spoken, spokenNumber } from './reading.ts'
import { couldDiffer, type Tally, tally } from './tally.ts'
import type { FactorRule, Hundredths, WeightSet } from './weight-set.ts'

/** One change of one fact, all else equal, and the rank it would give. */
export interface WouldMove {
  readonly factor: FactName
  readonly ifValue: 'yes' | 'no' | number
  readonly gives: {
    readonly childUrgency: Hundredths
    readonly offenderDanger: Hundredths
    readonly priority: Priority
  }
  /** Not yet known, so that asking can settle it; otherwise a correction of what was stated. */
  readonly open: boolean
}

/** Changes of priority first, then what is open before corrections, then the order of the weight file. */
export function whatWouldMove(
  spoken: ReadonlyMap<FactName, Spoken>,
  weights: WeightSet,
  present: Tally,
): readonly WouldMove[] {
  const moves = weights.factors.flatMap((rule) => {
    const stands = spoken.get(rule.factor)
    if (stands === undefined) return []
    return alternatives(rule, stands).flatMap(([ifValue, instead]): WouldMove[] => {
      if (!couldDiffer(rule, stands, instead)) return []
      const changed = tally(new Map(spoken).set(rule.factor, instead), weights)
      const same =
        changed.priority === present.priority &&
        changed.sums['child urgency'] === present.sums['child urgency'] &&
        changed.sums['offender danger'] === present.sums['offender danger']
      if (same) return []
      return [
        {
          factor: rule.factor,
          ifValue,
          gives: {
            childUrgency: changed.sums['child urgency'],
            offenderDanger: changed.sums['offender danger'],
            priority: changed.priority,
          },
          open: stands.value === 'not said',
        },
      ]
    })
  })
  const weight = (move: WouldMove): number => (move.gives.priority === present.priority ? 2 : 0) + (move.open ? 0 : 1)
  return moves
    .map((move, index) => ({ move, index }))
    .sort((a, b) => weight(a.move) - weight(b.move) || a.index - b.index)
    .map(({ move }) => move)
}

/** A value that an instant fixes is not offered: the instant would have to change first. */
function alternatives(rule: FactorRule, stands: Spoken): [WouldMove['ifValue'], Spoken][] {
  if (stands.fixedBy !== null) return []
  if (rule.type === 'flag') {
    return (['yes', 'no'] as const)
      .filter((value) => value !== stands.value)
      .map((value) => [value, { ...stands, value }])
  }
  const further = rule.steps.filter(
    (step) =>
      stands.number === null || (rule.reachedWhen === 'at least' ? step.at > stands.number : step.at < stands.number),
  )
  return further.map((step) => [step.at, spokenNumber(rule, step.at, stands.evidence)])
}
