import { type Compared, comparisonsOf, none, several } from '../compare/compared.ts'
import type { Comparison } from '../compare/comparison.ts'
import { same } from '../compare/levels.ts'
import type { Column } from '../table/columns.ts'
import { textAt } from '../text/letters.ts'
import { holdersUnseen } from './expected.ts'
import { log2Odds, type Model, weightsOf } from './model.ts'

/** One line of the waterfall: what a field says for (above 0) or against (below 0) one person, in bits. */
export interface FieldEvidence {
  readonly field: string
  readonly level: string
  readonly weight: number
  /** Where both have the same value: in how many records it stands, and of how many. */
  readonly shared?: { readonly value: string; readonly records: number; readonly of: number }
}

export interface PairExplanation {
  /** What is believed before anything is compared, in bits: log2 of the odds that two records are one person. */
  readonly prior: number
  readonly evidence: readonly FieldEvidence[]
  /** The sum of the prior and of all evidence. */
  readonly weight: number
}

/** A value that stands nowhere else is not taken for rarer than this. */
const rarestShare = 1e-6

/** Sums in another order differ by less, in bits. */
const slack = 1e-6

const largest = (of: Iterable<number>): number => {
  let most = Number.NEGATIVE_INFINITY
  for (const each of of) most = Math.max(most, each)
  return most
}

/** How common a value is, among those seen and those thought of beside them. */
export const shareOfValue = ({ field, saidBy }: Column, count: number): number =>
  Math.max(count / Math.max(1, saidBy + holdersUnseen(field.kind)), rarestShare)

/** For each number of records in which a value of a column stands, what sharing it says; where no value does, 0. */
function sharedWeights(column: Column, m: number): Float64Array {
  const { counts } = column
  let most = 0
  for (const count of counts) most = Math.max(most, count)
  const weights = new Float64Array(most + 1)
  const isKnown = new Uint8Array(most + 1)
  for (const count of counts) {
    if (isKnown[count] === 1) continue
    isKnown[count] = 1
    weights[count] = Math.log2(m / shareOfValue(column, count))
  }
  return weights
}

/** Scores pairs of records. The weight of a shared value is that of its own rarity, not of agreement as such. */
export class Scorer {
  readonly prior: number
  readonly #comparisons: readonly Comparison[]
  readonly #weights: readonly Float64Array[]
  /** For each field, in how many records each of its values stands, and the weight of sharing one that stands in so many. */
  readonly #counts: readonly Int32Array[]
  readonly #shared: readonly Float64Array[]
  readonly #left: number
  readonly #rows: Int32Array
  readonly #width: number
  /** For each field, the most that it can say where the two have no single value in common. */
  readonly #atMost: Float64Array
  /** Fields by how much they can disappoint. */
  readonly #order: Int32Array

  /** `left`: a field that says nothing, or -1. */
  constructor(table: Compared, model: Model, left = -1) {
    const comparisons = comparisonsOf(table)
    this.#comparisons = comparisons
    this.#weights = weightsOf(model)
    this.prior = log2Odds(model.prior)
    this.#left = left
    this.#rows = table.rows
    this.#width = comparisons.length
    this.#counts = table.columns.map(({ counts }) => counts)
    this.#shared = table.columns.map((column, field) => sharedWeights(column, model.m[field]?.[same] ?? 1))
    this.#atMost = Float64Array.from(comparisons.keys(), (field) => {
      const ofLevels = largest(this.#weights[field]?.subarray(same + 1) ?? [])
      return table.severalIn.has(field) ? Math.max(ofLevels, this.#rarest(field)) : ofLevels
    })
    const fall = (field: number): number => (this.#atMost[field] ?? 0) - (this.#weights[field]?.at(-1) ?? 0)
    this.#order = Int32Array.from([...comparisons.keys()].sort((a, b) => fall(b) - fall(a)))
  }

  /** What sharing a value says. */
  #sharing(field: number, value: number): number {
    return this.#shared[field]?.[this.#counts[field]?.[value] ?? 0] ?? 0
  }

  /** The most that sharing any value of a field says. */
  #rarest(field: number): number {
    return largest([...new Set(this.#counts[field])].map((count) => this.#shared[field]?.[count] ?? 0))
  }

  weight(one: number, other: number): number {
    let total = this.prior
    for (let field = 0; field < this.#width; field++) {
      if (field !== this.#left) total += this.#of(field, one, other)
    }
    return total
  }

  /**
   * The same weight where it is at least `least`, else any number below `least`: most pairs are strangers, which few of
   * their fields tell.
   */
  weightFrom(one: number, other: number, least: number): number {
    const [rows, width, atMost] = [this.#rows, this.#width, this.#atMost]
    let [known, hoped] = [this.prior, 0]
    for (let field = 0; field < width; field++) {
      const value = rows[one * width + field] ?? none
      const another = rows[other * width + field] ?? none
      if (value === none || another === none || field === this.#left) continue
      if (value === another && value !== several) known += this.#sharing(field, value)
      else hoped += atMost[field] ?? 0
    }
    for (const field of this.#order) {
      if (known + hoped < least - slack) return Number.NEGATIVE_INFINITY
      const value = rows[one * width + field] ?? none
      const another = rows[other * width + field] ?? none
      if (value === none || another === none || field === this.#left || (value === another && value !== several))
        continue
      known += this.#of(field, one, other)
      hoped -= atMost[field] ?? 0
    }
    // Added in the order of the fields: the same number to the last bit, whichever way it was asked for.
    return known < least - slack ? Number.NEGATIVE_INFINITY : this.weight(one, other)
  }

  #of(field: number, one: number, other: number): number {
    const value = this.#rows[one * this.#width + field] ?? none
    const another = this.#rows[other * this.#width + field] ?? none
    if (value === none || another === none) return 0
    const comparison = this.#comparisons[field]
    if (comparison === undefined) return 0
    if (value !== several && another !== several) {
      if (value === another) return this.#sharing(field, value)
      return this.#weights[field]?.[comparison.levels.of(value, another)] ?? 0
    }
    const level = comparison.level(one, other)
    if (level !== same) return this.#weights[field]?.[level] ?? 0
    return this.#sharing(field, comparison.shared(one, other))
  }

  explain(one: number, other: number): PairExplanation {
    const evidence = this.#comparisons.map((comparison, field): FieldEvidence => {
      const { column, levels } = comparison
      const level = comparison.level(one, other)
      const value = level === same ? comparison.shared(one, other) : -1
      return {
        field: column.field.name,
        level: levels.names[level] ?? '',
        weight: field === this.#left ? 0 : this.#of(field, one, other),
        ...(value < 0
          ? {}
          : {
              shared: { value: textAt(column.letters, value), records: column.counts[value] ?? 0, of: column.saidBy },
            }),
      }
    })
    return { prior: this.prior, evidence, weight: evidence.reduce((sum, { weight }) => sum + weight, this.prior) }
  }
}
