import type { Comparison } from '../compare/comparison.ts'
import { notSaid, same } from '../compare/levels.ts'
import type { FieldKind } from '../table/field.ts'
import { lengthOf, textAt } from '../text/letters.ts'
import { initialPlace } from '../text/person-name.ts'
import { mostOf, unseenShare } from './beliefs.ts'
import { log2Odds, weightsOf } from './model.ts'
import type { FieldEvidence, PairExplanation } from './scorer.ts'
import { homeAgainst, type SmallModel } from './small.ts'

/** What somebody is known by: for each field the values said of them, in one record or in several. */
export type Known = readonly (readonly number[])[]

/** What a person has one of. */
const exclusive: ReadonlySet<FieldKind> = new Set(['date', 'identifier'])
/** In bits. */
const against = -3

interface Line {
  readonly level: number
  /** The rarest value in common, or -1. */
  readonly value: number
  readonly weight: number
}

/** Scores what is known of two, records or several records of one person, by the model of a small table. */
export class WholeScorer {
  readonly #comparisons: readonly Comparison[]
  readonly #model: SmallModel
  readonly #weights: readonly Float64Array[]
  readonly #shared: readonly Float64Array[]
  readonly prior: number

  constructor(comparisons: readonly Comparison[], model: SmallModel) {
    this.#comparisons = comparisons
    this.#model = model
    this.#weights = weightsOf(model)
    this.prior = log2Odds(model.prior)
    this.#shared = comparisons.map(({ column }, field) => {
      const m = model.m[field]?.[same] ?? 1
      const belief = model.beliefs[field]
      const most = belief === undefined ? 20 : mostOf(belief, same)
      return Float64Array.from(column.counts, (count) =>
        Math.min(most, Math.log2(m / shareAmong(count, column.saidBy, belief?.unseen ?? 0))),
      )
    })
  }

  /** What one record says. */
  known(record: number): Known {
    return this.#comparisons.map(({ column: { starts, values } }) => [
      ...values.subarray(starts[record] ?? 0, starts[record + 1] ?? 0),
    ])
  }

  /** What is known of one person by both; an initial that a full name explains tells no more of him. */
  together(one: Known, other: Known): Known {
    return this.#comparisons.map(({ column: { field, letters }, levels }, at) => {
      const values = [...new Set([...(one[at] ?? []), ...(other[at] ?? [])])]
      if (field.kind !== 'full name') return values
      const isExplained = (value: number, by: number): boolean =>
        lengthOf(letters, value) < lengthOf(letters, by) &&
        levels.of(Math.min(value, by), Math.max(value, by)) === initialPlace + 2
      return values.filter((value) => !values.some((by) => by !== value && isExplained(value, by)))
    })
  }

  weight(one: number, other: number): number {
    return this.of(this.known(one), this.known(other))
  }

  of(one: Known, other: Known): number {
    const lines = this.#lines(one, other)
    return lines.reduce((sum, { weight }) => sum + weight, this.prior - this.#home(lines))
  }

  /**
   * Whether what a person has one of (a birth, a number of an issuer) speaks against one person, eight to one or more, and
   * all together does not outweigh it.
   */
  areApart(one: Known, other: Known): boolean {
    const lines = this.#lines(one, other)
    const isAgainst = lines.some(
      ({ weight }, field) => weight <= against && exclusive.has(this.#comparisons[field]?.column.field.kind ?? 'place'),
    )
    return isAgainst && lines.reduce((sum, { weight }) => sum + weight, this.prior - this.#home(lines)) < 0
  }

  explain(one: number, other: number): PairExplanation {
    const lines = this.#lines(this.known(one), this.known(other))
    const evidence = this.#comparisons.map(({ column, levels }, field): FieldEvidence => {
      const { level, value, weight } = lines[field] ?? { level: notSaid, value: -1, weight: 0 }
      return {
        ...{ field: column.field.name, level: levels.names[level] ?? '', weight },
        ...(value < 0
          ? {}
          : {
              shared: { value: textAt(column.letters, value), records: column.counts[value] ?? 0, of: column.saidBy },
            }),
      }
    })
    const home = this.#home(lines)
    if (home !== 0)
      evidence.push({ field: 'household', level: 'what two people of one home would share as well', weight: -home })
    return { prior: this.prior, evidence, weight: evidence.reduce((sum, { weight }) => sum + weight, this.prior) }
  }

  #home(lines: readonly Line[]): number {
    let home = 0
    lines.forEach(({ level, value, weight }, field) => {
      const ratio = level === notSaid ? null : (this.#model.household[field]?.[level] ?? null)
      if (ratio === null) return
      const count = this.#comparisons[field]?.column.counts[value] ?? 0
      home += weight + (this.#model.beliefs[field]?.isShared === true ? ratio * unseenShare(count) : ratio)
    })
    return homeAgainst(this.#model.prior, home)
  }

  #lines(one: Known, other: Known): Line[] {
    return this.#comparisons.map(({ levels, column }, field) => {
      let [level, value] = [levels.names.length, -1]
      for (const a of one[field] ?? []) {
        for (const b of other[field] ?? []) {
          const found = levels.of(Math.min(a, b), Math.max(a, b))
          if (found === notSaid) continue
          level = Math.min(level, found)
          if (found === same && (value < 0 || (column.counts[a] ?? 0) < (column.counts[value] ?? 0))) value = a
        }
      }
      if (level === levels.names.length) return { level: notSaid, value, weight: 0 }
      return {
        level,
        value,
        weight: value < 0 ? (this.#weights[field]?.[level] ?? 0) : (this.#shared[field]?.[value] ?? 0),
      }
    })
  }
}

/**
 * How common a value is among strangers. Two records with a number that nobody else has say nothing of how often it is
 * given, so that holders unseen are thought of; with every further record that has it half as many, for then the table
 * itself shows that it is shared.
 */
const shareAmong = (count: number, saidBy: number, unseen: number): number =>
  Math.max(1e-6, Math.min(1, count / Math.max(1, saidBy + unseen * unseenShare(count))))
