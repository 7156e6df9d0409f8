import type { Hundredths } from '../weight-set.ts'
import { type LookModel, usualLook } from './look.ts'
import { type LinkedReferral, rankSubject, type SubjectReason, type SubjectScore } from './subject-score.ts'

/** What the rank would be if one link were undone. */
export interface WithoutLink {
  readonly id: string
  readonly rank: Hundredths
  readonly priority: SubjectScore['priority']
}

/** "What would move it" for links: the largest change first. A rank that hangs on one link says so here. */
export function withoutEachLink(referrals: readonly LinkedReferral[], look: LookModel = usualLook): WithoutLink[] {
  if (referrals.length < 2) return []
  const { rank } = rankSubject(referrals, look)
  return referrals
    .map(({ id }) => {
      const without = rankSubject(
        referrals.filter((other) => other.id !== id),
        look,
      )
      return { id, rank: without.rank, priority: without.priority }
    })
    .sort((a, b) => Math.abs(b.rank - rank) - Math.abs(a.rank - rank) || (a.id < b.id ? -1 : 1))
}

export interface ReasonChange {
  readonly kind: SubjectReason['kind']
  readonly factor: string | null
  readonly axis: SubjectReason['axis']
  readonly from: Hundredths
  readonly to: Hundredths
  /** The sentence that holds now; the earlier one when the reason is gone. */
  readonly says: string
}

/** What changed between two looks, oldest first. The changes add up to the change of the rank. */
export function subjectChanges(before: SubjectScore, after: SubjectScore): ReasonChange[] {
  const key = ({ kind, factor, axis }: SubjectReason): string => `${kind}|${factor}|${axis}`
  const was = new Map(before.reasons.map((reason) => [key(reason), reason]))
  const is = new Map(after.reasons.map((reason) => [key(reason), reason]))
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((one) => {
    const [old, now] = [was.get(one), is.get(one)]
    const shown = now ?? old
    const [from, to] = [old?.hundredths ?? 0, now?.hundredths ?? 0]
    if (shown === undefined || (from === to && old?.says === now?.says)) return []
    return [{ kind: shown.kind, factor: shown.factor, axis: shown.axis, from, to, says: shown.says }]
  })
}
