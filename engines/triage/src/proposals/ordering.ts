import type { FactName } from '../facts.ts'
import type { Spoken } from '../reading.ts'
import { tally } from '../tally.ts'
import { axes, type Hundredths, type WeightSet } from '../weight-set.ts'
import { type PointChange, withYes } from './propose.ts'

type Facts = ReadonlyMap<FactName, Spoken>

/** One choice as it is weighed: which half judges it, and what was said of both. */
export interface Weighed {
  readonly half: 0 | 1
  readonly first: Facts
  readonly second: Facts
}

/** A choice is well ordered when the first stands this much above the second. */
const margin = 100

export type Losses = readonly [number, number]

/**
 * How far the weights are from ordering the choices as people did, half by half. Factors that saturate together are a part;
 * a sum is the sum of its parts, so a change of one factor is felt in its part alone, and by those who state it.
 */
export class Ordering {
  readonly #choices: readonly Weighed[]
  readonly #partOf: ReadonlyMap<string, number>
  readonly #parts: readonly ReadonlySet<string>[]
  #weights: WeightSet
  #gaps: Hundredths[]

  constructor(choices: readonly Weighed[], weights: WeightSet) {
    this.#choices = choices
    this.#weights = weights
    const parts = [...Map.groupBy(weights.factors, (rule) => rule.group ?? `alone: ${rule.factor}`).values()]
    this.#parts = parts.map((rules) => new Set(rules.map(({ factor }) => factor)))
    this.#partOf = new Map(parts.flatMap((rules, at) => rules.map(({ factor }) => [factor, at] as const)))
    this.#gaps = choices.map(({ first, second }) => sumOf(first, weights) - sumOf(second, weights))
  }

  get weights(): WeightSet {
    return this.#weights
  }

  losses(): Losses {
    return this.#lossesOf(this.#gaps)
  }

  /** Choices that are ordered as people did. */
  agreed(): number {
    return this.#gaps.filter((gap) => gap > 0).length
  }

  lossesWith(change: PointChange): Losses {
    return this.#lossesOf(this.#gapsWith(change))
  }

  take(change: PointChange): void {
    this.#gaps = this.#gapsWith(change)
    this.#weights = changedBy(this.#weights, change)
  }

  #gapsWith(change: PointChange): Hundredths[] {
    const part = this.#parts[this.#partOf.get(change.factor) ?? -1] ?? new Set()
    const factors = this.#weights.factors.filter(({ factor }) => part.has(factor))
    const before: WeightSet = { ...this.#weights, factors }
    const after = changedBy(before, change)
    const rule = factors.find(({ factor }) => factor === change.factor)
    const gained = (facts: Facts): Hundredths =>
      rule !== undefined && isYes(facts, rule.factor) ? sumOf(facts, after) - sumOf(facts, before) : 0
    return this.#choices.map(({ first, second }, at) => (this.#gaps[at] ?? 0) + gained(first) - gained(second))
  }

  #lossesOf(gaps: readonly Hundredths[]): Losses {
    const halves: [number, number] = [0, 0]
    this.#choices.forEach(({ half }, at) => {
      halves[half] += Math.max(0, margin - (gaps[at] ?? 0))
    })
    return halves
  }
}

export const isYes = (facts: Facts, factor: FactName): boolean => facts.get(factor)?.value === 'yes'

const changedBy = (weights: WeightSet, change: PointChange): WeightSet => ({
  ...weights,
  factors: weights.factors.map((one) => (one.factor === change.factor ? withYes(one, change) : one)),
})

function sumOf(facts: Facts, weights: WeightSet): Hundredths {
  const { sums } = tally(facts, weights)
  return axes.reduce((sum, axis) => sum + sums[axis], 0)
}
