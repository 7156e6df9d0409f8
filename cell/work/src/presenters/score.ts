import type { ResponseOf, show } from '@tandem/contract'
import type { Json } from '@tandem/core'
import type { Row } from '@tandem/store'
import { differences, type TriageScore, type WouldMove } from '@tandem/triage'

type Shown = ResponseOf<typeof show>['score']

/** A stored score is our own engine's output, kept with its weight set. */
export function parseScore(json: Json): TriageScore {
  const score: TriageScore = JSON.parse(JSON.stringify(json))
  return score
}

export function presentScore(row: Row<'score/latest'>, seenBefore: Row<'score/numbered'> | undefined): Shown {
  const score = parseScore(row.score)
  return {
    number: row.number,
    weightSet: row.weight_set,
    scoredAt: row.scored_at,
    because: row.because,
    childUrgency: score.childUrgency.hundredths,
    offenderDanger: score.offenderDanger.hundredths,
    computed: score.computedPriority,
    factors: score.factors.map((factor) => ({
      factor: factor.factor,
      says: factor.says,
      axis: factor.axis,
      value: factor.value,
      contribution: factor.hundredths,
      evidence: factor.evidence.map(({ place, quote }) => (quote === undefined ? { place } : { place, quote })),
      ...(factor.gate === undefined ? {} : { gate: factor.gate }),
      ...(factor.reduced === undefined ? {} : { reduced: { ...factor.reduced } }),
    })),
    clocks: score.actBy.map(({ clock, dueAt, says, rule }) => ({ clock, dueAt, says, rule })),
    whatWouldMove: score.whatWouldMove.map(sayMove),
    remarks: score.remarks.map((remark) => remark.says),
    changedSinceRead: seenBefore === undefined ? [] : saysChanged(parseScore(seenBefore.score), score),
  }
}

const sayMove = (move: WouldMove): Shown['whatWouldMove'][number] => ({
  factor: move.factor,
  ifValue: String(move.ifValue),
  open: move.open,
  gives: { ...move.gives },
})

function saysChanged(before: TriageScore, after: TriageScore): string[] {
  const found = differences(before, after)
  return found.factors.map((change) => change.says)
}
