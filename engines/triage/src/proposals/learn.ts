import { createHash } from 'node:crypto'
import type { FactName, TriageFacts } from '../facts.ts'
import { ownEpoch } from '../instants.ts'
import { readFacts } from '../reading.ts'
import { axes, type WeightSet } from '../weight-set.ts'
import { isYes, type Losses, Ordering, type Weighed } from './ordering.ts'
import { type PointChange, proposeWeights, type WeightProposal } from './propose.ts'

/** An officer had two referrals in hand and said which one goes first. */
export interface Choice {
  readonly id: string
  readonly first: TriageFacts
  readonly second: TriageFacts
  /** When each was scored, for what is recent; left out: now. */
  readonly scoredAt?: { readonly first: string; readonly second: string }
}

export interface Learned {
  /** Null when the choices do not carry a change; `says` tells why. */
  readonly proposal: WeightProposal | null
  readonly says: string
  readonly choices: number
  /** Choices that the weights order as the officers did, before and after. */
  readonly agreed: { readonly before: number; readonly after: number }
}

/** A factor moves only when so many choices differ in it. */
const least = 20
/** No factor moves farther than one log-odds in one proposal. */
const farthest = 100
const step = 25

/**
 * Weights from choices, as a proposal for people to replay and judge; nothing puts it in force. One factor, one step of a
 * quarter at a time, while it orders more choices rightly in both halves of them; risks stay risks, and steps stay small.
 * Whole numbers and a fixed order throughout: the same choices give the same proposal everywhere.
 */
export function learnFromChoices(choices: readonly Choice[], base: WeightSet, of: Learning): Learned {
  const learning = learnInSteps(choices, base, of)
  for (;;) {
    const tried = learning.next()
    if (tried.done === true) return tried.value
  }
}

export interface Learning {
  readonly id: string
  readonly by: string
  readonly now: string
}

/** The same, step by step, so that whoever asks can do other work in between. */
export function* learnInSteps(
  choices: readonly Choice[],
  base: WeightSet,
  of: Learning,
): Generator<undefined, Learned, undefined> {
  const now = ownEpoch(of.now, 'now')
  const at = (moment: string | undefined): number => (moment === undefined ? now : ownEpoch(moment, 'scoredAt'))
  const read = choices.map(
    ({ id, first, second, scoredAt }): Weighed => ({
      half: (createHash('sha256').update(id, 'utf8').digest()[0] ?? 0) % 2 === 0 ? 0 : 1,
      first: readFacts(first, base, at(scoredAt?.first)).spoken,
      second: readFacts(second, base, at(scoredAt?.second)).spoken,
    }),
  )
  const movable = base.factors.filter(
    (rule) =>
      rule.type === 'flag' &&
      rule.kind !== 'context' &&
      read.filter(({ first, second }) => isYes(first, rule.factor) !== isYes(second, rule.factor)).length >= least,
  )
  const ordering = new Ordering(read, base)
  const agreedBefore = ordering.agreed()
  let loss = ordering.losses()
  for (let round = 0; round < 200; round++) {
    let best: { change: PointChange; loss: Losses } | null = null
    for (const change of movable.flatMap((rule) => steps(ordering.weights, base, rule.factor))) {
      yield
      const after = ordering.lossesWith(change)
      if (after[0] >= loss[0] || after[1] >= loss[1]) continue
      if (best === null || after[0] + after[1] < best.loss[0] + best.loss[1]) best = { change, loss: after }
    }
    if (best === null) break
    ordering.take(best.change)
    loss = best.loss
  }
  const { weights } = ordering
  const counts = { choices: choices.length, agreed: { before: agreedBefore, after: ordering.agreed() } }
  const changes = changed(base, weights)
  if (changes.length === 0) {
    const says =
      movable.length === 0 ? `No factor differs in ${least} choices.` : 'No step helps in both halves of the choices.'
    return { proposal: null, says, ...counts }
  }
  const why = `Learned from ${choices.length} choices: ${counts.agreed.before} were ordered so before, ${counts.agreed.after} would be.`
  const proposed = proposeWeights(base, { id: of.id, by: of.by, why, changes })
  if (!proposed.ok) {
    return { proposal: null, says: proposed.error.map(({ field, says }) => `${field} ${says}`).join('; '), ...counts }
  }
  return { proposal: proposed.value, says: why, ...counts }
}

/** One step up and one down, as far as the kind of the factor and the distance from where it began allow. */
function steps(weights: WeightSet, base: WeightSet, factor: FactName): PointChange[] {
  const rule = weights.factors.find((one) => one.factor === factor)
  const began = base.factors.find((one) => one.factor === factor)
  if (rule?.type !== 'flag' || began?.type !== 'flag') return []
  return axes.flatMap((axis): PointChange[] => {
    const yes = rule.points[axis]?.yes
    if (yes === undefined) return []
    return [yes + step, yes - step]
      .filter((to) => Math.abs(to - (began.points[axis]?.yes ?? 0)) <= farthest)
      .filter((to) => (rule.kind === 'risk' ? to >= 0 : to <= 0))
      .map((to) => ({ factor, axis, yes: to }))
  })
}

function changed(base: WeightSet, weights: WeightSet): PointChange[] {
  return base.factors.flatMap((rule, at) => {
    const other = weights.factors[at]
    if (rule.type !== 'flag' || other?.type !== 'flag') return []
    return axes.flatMap((axis): PointChange[] => {
      const yes = other.points[axis]?.yes
      return yes === undefined || yes === rule.points[axis]?.yes ? [] : [{ factor: rule.factor, axis, yes }]
    })
  })
}
