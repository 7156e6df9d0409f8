import { createHash } from 'node:crypto'
import type { FactName, TriageFacts } from '../facts.ts'
import { ownEpoch } from '../instants.ts'
import { readFacts, type Spoken } from '../reading.ts'
import { tally } from '../tally.ts'
import { axes, type Hundredths, type WeightSet } from '../weight-set.ts'
import { type PointChange, proposeWeights, type WeightProposal, withYes } from './propose.ts'

/** An officer had two referrals in hand and said which one goes first. */
export interface Choice {
  readonly id: string
  readonly first: TriageFacts
  readonly second: TriageFacts
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
/** A choice is well ordered when the first stands this much above the second. */
const margin = 100

/**
 * Weights from choices, as a proposal for people to replay and judge; nothing puts it in force. One factor, one step of a
 * quarter at a time, while it orders more choices rightly in both halves of them; risks stay risks, and steps stay small.
 * Whole numbers and a fixed order throughout: the same choices give the same proposal everywhere.
 */
export function learnFromChoices(
  choices: readonly Choice[],
  base: WeightSet,
  of: { readonly id: string; readonly by: string; readonly now: string },
): Learned {
  const now = ownEpoch(of.now, 'now')
  const read = choices.map(({ id, first, second }) => ({
    half: (createHash('sha256').update(id, 'utf8').digest()[0] ?? 0) % 2,
    first: readFacts(first, base, now).spoken,
    second: readFacts(second, base, now).spoken,
  }))
  const losses = (weights: WeightSet): readonly [number, number] => {
    const halves: [number, number] = [0, 0]
    for (const { half, first, second } of read) {
      const loss = Math.max(0, margin - (sumOf(first, weights) - sumOf(second, weights)))
      halves[half === 0 ? 0 : 1] += loss
    }
    return halves
  }
  const movable = base.factors.filter(
    (rule) =>
      rule.type === 'flag' &&
      rule.kind !== 'context' &&
      read.filter(({ first, second }) => isYes(first, rule.factor) !== isYes(second, rule.factor)).length >= least,
  )
  let weights = base
  let loss = losses(base)
  for (let round = 0; round < 200; round++) {
    let best: { weights: WeightSet; loss: readonly [number, number] } | null = null
    for (const change of movable.flatMap((rule) => steps(weights, base, rule.factor))) {
      const tried = {
        ...weights,
        factors: weights.factors.map((one) => (one.factor === change.factor ? withYes(one, change) : one)),
      }
      const after = losses(tried)
      if (after[0] >= loss[0] || after[1] >= loss[1]) continue
      if (best === null || after[0] + after[1] < best.loss[0] + best.loss[1]) best = { weights: tried, loss: after }
    }
    if (best === null) break
    weights = best.weights
    loss = best.loss
  }
  const agreed = (of: WeightSet): number =>
    read.filter(({ first, second }) => sumOf(first, of) > sumOf(second, of)).length
  const counts = { choices: choices.length, agreed: { before: agreed(base), after: agreed(weights) } }
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

const isYes = (spoken: ReadonlyMap<FactName, Spoken>, factor: FactName): boolean => spoken.get(factor)?.value === 'yes'

function sumOf(spoken: ReadonlyMap<FactName, Spoken>, weights: WeightSet): Hundredths {
  const { sums } = tally(spoken, weights)
  return axes.reduce((sum, axis) => sum + sums[axis], 0)
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
