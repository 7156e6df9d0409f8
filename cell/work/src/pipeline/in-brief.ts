import { isHigher } from '@tandem/core'
import type { TriageScore } from '@tandem/triage'

/** One line for the queue: what set the rank, and the reason that weighs most. */
export function inBrief(score: TriageScore): string {
  const declared = score.declaredPriority?.level ?? null
  const strongest = [...score.factors]
    .filter((factor) => factor.value === 'yes' && factor.hundredths !== 0)
    .sort((a, b) => Math.abs(b.hundredths) - Math.abs(a.hundredths))[0]
  const reason = strongest?.says ?? 'Nothing that moves the rank is stated.'
  if (declared !== null && isHigher(declared, score.computedPriority)) {
    return `${declared} as the sender declared; computed ${score.computedPriority}: ${reason}`
  }
  return score.priorityBecause.kind === 'nothing higher' ? `P3: ${reason}` : score.priorityBecause.says
}
