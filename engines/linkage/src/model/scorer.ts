import type { Comparison } from '../compare/comparison.ts'
import { same } from '../compare/levels.ts'
import { none, rowsOf, several } from '../compare/rows.ts'
import type { Column } from '../table/columns.ts'
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

/** How common a value is, among those seen and those thought of beside them. */
export const shareOfValue = ({ field, saidBy }: Column, count: number): number =>
  Math.max(count / Math.max(1, saidBy + holdersUnseen(field.kind)), rarestShare)

/** Scores pairs of records. The weight of a shared value is that of its own rarity, not of agreement as such. */
export class Scorer {
  readonly prior: number
  readonly #comparisons: readonly Comparison[]
  readonly #weights: readonly Float64Array[]
  /** For each field, the weight of sharing each of its values. */
  readonly #shared: readonly Float64Array[]
  readonly #left: number
  readonly #rows: Int32Array
  readonly #width: number

  /** `left`: a field that says nothing, or -1. */
  constructor(comparisons: readonly Comparison[], model: Model, left = -1) {
    this.#comparisons = comparisons
    this.#weights = weightsOf(model)
    this.prior = log2Odds(model.prior)
    this.#left = left
    this.#rows = rowsOf(comparisons)
    this.#width = comparisons.length
    this.#shared = comparisons.map(({ column }, field) => {
      const m = model.m[field]?.[same] ?? 1
      return Float64Array.from(column.counts, (count) => Math.log2(m / shareOfValue(column, count)))
    })
  }

  weight(one: number, other: number): number {
    let total = this.prior
    for (let field = 0; field < this.#width; field++) {
      if (field !== this.#left) total += this.#of(field, one, other)
    }
    return total
  }

  #of(field: number, one: number, other: number): number {
    const value = this.#rows[one * this.#width + field] ?? none
    const another = this.#rows[other * this.#width + field] ?? none
    if (value === none || another === none) return 0
    const comparison = this.#comparisons[field]
    if (comparison === undefined) return 0
    if (value !== several && another !== several) {
      if (value === another) return this.#shared[field]?.[value] ?? 0
      return this.#weights[field]?.[comparison.levels.of(value, another)] ?? 0
    }
    const level = comparison.level(one, other)
    if (level !== same) return this.#weights[field]?.[level] ?? 0
    return this.#shared[field]?.[comparison.shared(one, other)] ?? 0
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
          : { shared: { value: column.texts[value] ?? '', records: column.counts[value] ?? 0, of: column.saidBy } }),
      }
    })
    return { prior: this.prior, evidence, weight: evidence.reduce((sum, { weight }) => sum + weight, this.prior) }
  }
}
