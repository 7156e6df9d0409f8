import type { subjectShape } from '@tandem/contract'
import { type SubjectReason, type SubjectScore, tandem1 } from '@tandem/triage'
import type { z } from 'zod'

type ShownReason = z.output<typeof subjectShape>['rank']['reasons'][number]

/** Referrals whose number is not known here are not named: they were erased, or are not for this officer. */
export function presentReasons(
  reasons: readonly SubjectReason[],
  numberOf: ReadonlyMap<string, number>,
): ShownReason[] {
  return reasons.map(({ kind, factor, axis, hundredths, says, because, from }) => ({
    ...{ kind, factor, axis, hundredths, says, because },
    from: from.flatMap(({ id }) => {
      const number = numberOf.get(id)
      return number === undefined ? [] : [{ id, number }]
    }),
  }))
}

/** Rules that no number outweighs. */
export const gatesInWords = ({ openGates }: SubjectScore): string[] =>
  openGates.map(({ factor, priority }) => {
    const rule = tandem1.factors.find((each) => each.factor === factor)
    return `${priority}: ${rule?.says.yes ?? factor}`
  })
