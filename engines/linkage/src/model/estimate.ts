import type { Rule } from '../blocking/rules.ts'
import { type Compared, comparisonsOf } from '../compare/compared.ts'
import type { Share } from '../share/share.ts'
import { believed } from './expected.ts'
import { log2Odds, type Model, shareOf, weightsOf } from './model.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import { type Pairs, somePairs } from './random-pairs.ts'

/** Pairs at random from which `u` is learned; fewer where records are so many that time matters more. */
const randomPairs = { usual: 1_000_000, large: 300_000 } as const
/** Of more candidates an even sample tells the prior. */
const mostBlocked = { usual: Number.POSITIVE_INFINITY, large: 300_000 } as const
/** Pairs of each rule from which `m` is learned. */
const pairsOfRule = 10_000
/** No level is believed to be rarer than this: what was not seen in the sample is not impossible. */
const rarest = { m: 1e-5, u: 1e-7 } as const
const rounds = 3
const steps = 30

interface Lesson {
  /** Fields by which these pairs were brought together: of them they teach nothing. */
  readonly fields: ReadonlySet<number>
  readonly patterns: Patterns
  readonly pairs: number
}

/** Pairs that are counted: drawn ones, or some of each rule. */
export type Sample = { readonly drawn: Pairs; readonly step: number } | { readonly rules: readonly RulePairs[] }
type RulePairs = Pick<Rule, 'next' | 'pairs'>

export interface SamplesAsked {
  readonly table: Compared
  readonly samples: readonly Sample[]
}

export interface Counted {
  readonly patterns: Patterns
  readonly pairs: number
}

/**
 * Learns the model from the records alone. `u` from random pairs, without those that are one person after all; `m` by
 * expectation and maximisation (Dempster, Laird and Rubin 1977) on the pairs of each rule, for the fields that the rule
 * does not look at; the prior from what the model then says of all candidates.
 */
export async function estimate(
  table: Compared,
  records: number,
  rules: readonly Rule[],
  candidates: Pairs,
  share: Share,
  size: 'usual' | 'large' = 'usual',
): Promise<Model> {
  const comparisons = comparisonsOf(table)
  const all = (records * (records - 1)) / 2
  const step = Math.max(1, Math.ceil(candidates.count / mostBlocked[size]))
  // Rules that look at the same fields teach together.
  const taught = [...Map.groupBy(rules, ({ columns }) => columns.join(' ')).values()]
  const samples: Sample[] = [
    { drawn: somePairs(records, randomPairs[size]), step: 1 },
    { drawn: candidates, step },
    ...taught.map((same): Sample => ({ rules: same.map(({ next, pairs }) => ({ next, pairs })) })),
  ]
  const [random, blocked, ...counted] = await share.all('samples', { table, samples }, samples.length)
  if (random === undefined || blocked === undefined) throw new RangeError('Samples were not counted')
  const lessons = counted.map((lesson, at): Lesson => ({ ...lesson, fields: new Set(taught[at]?.[0]?.columns) }))
  const sizes = comparisons.map(({ levels }) => levels.names.length)
  const beliefs = comparisons.map(({ column, levels }) => believed(column.field.kind, levels.names.length))
  let model: Model = { m: sizes.map(firstGuess), u: uOf(random.patterns, sizes, null), prior: 1e-4 }
  for (let round = 0; round < rounds; round++) {
    const m = mOf(lessons, beliefs, model)
    const prior = priorOf(blocked.patterns, { ...model, m }, all / step)
    model = { m, prior, u: uOf(random.patterns, sizes, { ...model, m, prior }) }
  }
  return model
}

/** Counts one sample, by its place. */
export function countedSample({ table, samples }: SamplesAsked): (place: number) => Counted {
  return (place) => {
    const sample = samples[place]
    if (sample === undefined) throw new RangeError(`There is no sample ${place}`)
    const { drawn, step } = 'rules' in sample ? { drawn: pairsOfRules(sample.rules), step: 1 } : sample
    return { patterns: patternsOf(table, drawn, step), pairs: Math.floor(drawn.count / step) }
  }
}

function firstGuess(levels: number): Float64Array {
  const guess = new Float64Array(levels).fill(0.1 / Math.max(1, levels - 2))
  guess[0] = 0
  guess[1] = 0.9
  return guess
}

/** Evenly over the blocks of each rule. */
function pairsOfRules(rules: readonly RulePairs[]): Pairs {
  const [ones, others]: [number[], number[]] = [[], []]
  for (const { next, pairs } of rules) {
    const step = Math.max(1, Math.floor(pairs / pairsOfRule))
    let count = 0
    for (let one = 0; one < next.length; one++) {
      for (let other = next[one] ?? -1; other >= 0; other = next[other] ?? -1) {
        if (count++ % step !== 0) continue
        ones.push(one)
        others.push(other)
      }
    }
  }
  return { count: ones.length, ones: Int32Array.from(ones), others: Int32Array.from(others) }
}

function uOf({ levels, counts }: Patterns, sizes: readonly number[], model: Model | null): Float64Array[] {
  const seen = sizes.map((size) => new Float64Array(size))
  const weights = model === null ? null : weightsOf(model)
  levels.forEach((pattern, index) => {
    const isOne = model === null || weights === null ? 0 : shareOf(log2Odds(model.prior) + sum(weights, pattern))
    pattern.forEach((level, field) => {
      add(seen[field], level, (counts[index] ?? 0) * (1 - isOne))
    })
  })
  return seen.map((field) => shares(field, rarest.u))
}

/** What the lessons taught, added to what is believed before. */
function mOf(lessons: readonly Lesson[], beliefs: readonly Float64Array[], model: Model): Float64Array[] {
  const taught = beliefs.map((belief) => belief.slice())
  for (const lesson of lessons) {
    const { m, share } = learn(lesson, beliefs, model)
    m.forEach((field, number) => {
      if (lesson.fields.has(number)) return
      field.forEach((value, level) => {
        add(taught[number], level, value * share * lesson.pairs)
      })
    })
  }
  return taught.map((field) => shares(field, rarest.m))
}

/** Expectation and maximisation on the pairs of one lesson: only how its own fields agree, and the share of one person. */
function learn(
  { fields, patterns }: Lesson,
  beliefs: readonly Float64Array[],
  model: Model,
): { readonly m: readonly Float64Array[]; readonly share: number } {
  let m: readonly Float64Array[] = model.m
  let share = 0.3
  for (let step = 0; step < steps; step++) {
    const seen = beliefs.map((belief) => belief.slice())
    const weights = weightsOf({ m, u: model.u })
    let ones = 0
    let total = 0
    patterns.levels.forEach((pattern, index) => {
      const count = patterns.counts[index] ?? 0
      const isOne = count * shareOf(log2Odds(share) + sum(weights, pattern, fields))
      ones += isOne
      total += count
      pattern.forEach((level, field) => {
        add(seen[field], level, isOne)
      })
    })
    m = seen.map((field, number) => (fields.has(number) ? (m[number] ?? field) : shares(field, rarest.m)))
    share = bounded(ones / total)
  }
  return { m, share }
}

/** The share of all pairs that the candidates account for; pairs that no rule brought together count as two people. */
function priorOf({ levels, counts }: Patterns, model: Model, all: number): number {
  const weights = weightsOf(model)
  const evidence = levels.map((pattern) => sum(weights, pattern))
  let prior = model.prior
  for (let step = 0; step < 50; step++) {
    const odds = log2Odds(prior)
    let ones = 0
    evidence.forEach((weight, index) => {
      ones += (counts[index] ?? 0) * shareOf(odds + weight)
    })
    prior = bounded(ones / all)
  }
  return prior
}

const bounded = (share: number): number => Math.min(0.999, Math.max(1e-12, share))

function sum(weights: readonly Float64Array[], pattern: Uint8Array, without?: ReadonlySet<number>): number {
  let total = 0
  for (let field = 0; field < pattern.length; field++) {
    if (without?.has(field) !== true) total += weights[field]?.[pattern[field] ?? 0] ?? 0
  }
  return total
}

function add(to: Float64Array | undefined, level: number, amount: number): void {
  if (to !== undefined) to[level] = (to[level] ?? 0) + amount
}

/** Shares of what was said; level 0, "not said", stays 0. */
function shares(seen: Float64Array, least: number): Float64Array {
  const total = seen.subarray(1).reduce((sum, value) => sum + value, 0)
  return seen.map((value, level) =>
    level === 0 ? 0 : total > 0 ? Math.max(value / total, least) : 1 / (seen.length - 1),
  )
}
