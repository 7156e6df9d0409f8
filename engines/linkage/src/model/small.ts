import { type Compared, comparisonsOf } from '../compare/compared.ts'
import { type Belief, beliefOf, mostOf } from './beliefs.ts'
import { log2Odds, type Model, shareOf, weightsOf } from './model.ts'
import { patternsOf } from './patterns.ts'
import { somePairs } from './random-pairs.ts'

/** Beliefs count as much as so many pairs of one person, and of strangers: what a table shows beyond that outweighs them. */
const believedPairs = { one: 2000, strangers: 10_000 } as const
const steps = 25
/**
 * A table this small may correct a belief by so many bits and not overturn it: else one pair that is taken for one person
 * by mistake teaches that such mistakes are usual.
 */
const correction = 1

export interface SmallModel extends Model {
  readonly beliefs: readonly Belief[]
  /** For each field and level log2 of how much likelier a household shows it than one person; null: as strangers do. */
  readonly household: readonly (readonly (number | null)[])[]
}

/**
 * The model of a table too small to teach one: what is believed of each kind, corrected by what all pairs show (expectation
 * and maximisation with Dirichlet priors). A pair is one person, two of one household, or two strangers: what people of one
 * home share anyway (address, telephone, family name) must not make them one.
 */
export function smallModel(
  table: Compared,
  records: number,
  beliefs: readonly Belief[] = comparisonsOf(table).map(({ column, levels }) =>
    beliefOf(column.field.kind, levels.names.length),
  ),
): SmallModel {
  const pairs = somePairs(records, Number.POSITIVE_INFINITY)
  const patterns = patternsOf(table, pairs)
  const known = beliefs.map(({ one }) => [0, ...one.map((share) => share * believedPairs.one)])
  let m = known.map(shares)
  let u = beliefs.map(({ one, strangers }) => shares([0, ...(strangers ?? one.map(() => 1))]))
  let prior = Math.min(0.5, 1 / Math.max(2, records))
  for (let step = 0; step < steps; step++) {
    const model = bound({ m, u, prior }, beliefs)
    const weights = weightsOf(model)
    const household = householdOf(model, beliefs)
    const ones = known.map((field) => Float64Array.from(field))
    const others = beliefs.map(({ strangers, one }) =>
      Float64Array.from([0, ...(strangers ?? one.map(() => 1e-4)).map((share) => share * believedPairs.strangers)]),
    )
    let found = 0
    patterns.levels.forEach((pattern, index) => {
      const count = patterns.counts[index] ?? 0
      let [one, home] = [0, 0]
      pattern.forEach((level, field) => {
        const weight = weights[field]?.[level] ?? 0
        const ratio = level === 0 ? null : (household[field]?.[level] ?? null)
        one += weight
        if (ratio !== null) home += weight + ratio
      })
      const isOne = shareOf(log2Odds(prior) + one - homeAgainst(prior, home))
      const isHome = (1 - isOne) * shareOf(log2Odds(prior) + home)
      found += count * isOne
      pattern.forEach((level, field) => {
        add(ones[field], level, count * isOne)
        add(others[field], level, count * (1 - isOne - isHome))
      })
    })
    m = ones.map((field, number) => corrected(shares(field), known[number] ?? []))
    u = others.map(shares)
    prior = Math.min(0.5, Math.max(1e-9, found / Math.max(1, pairs.count)))
  }
  const model = bound({ m, u, prior }, beliefs)
  return { ...model, beliefs, household: householdOf(model, beliefs) }
}

/**
 * By how many bits the chance of two people of one household speaks against one person. As many pairs live together as are
 * one person: nothing better is known before the evidence.
 */
export const homeAgainst = (prior: number, home: number): number => {
  const odds = prior / (1 - prior)
  return Math.log2((1 + odds * 2 ** home) / (1 + odds))
}

/** No level says more than its kind may. */
const bound = ({ m, u, prior }: Model, beliefs: readonly Belief[]): Model => ({
  m,
  prior,
  u: u.map((field, number) => {
    const belief = beliefs[number]
    return field.map((share, level) =>
      belief === undefined ? share : Math.max(share, (m[number]?.[level] ?? 0) / 2 ** mostOf(belief, level)),
    )
  }),
})

const householdOf = ({ m }: Model, beliefs: readonly Belief[]): (number | null)[][] =>
  beliefs.map(({ household }, field) => [
    null,
    ...(household ?? []).map((share, at) => (share === null ? null : Math.log2(share / (m[field]?.[at + 1] ?? 1)))),
  ])

function corrected(learned: Float64Array, belief: readonly number[]): Float64Array {
  const believed = shares(belief)
  return learned.map((share, level) => {
    const before = believed[level] ?? 0
    return Math.min(before * 2 ** correction, Math.max(before / 2 ** correction, share))
  })
}

function add(to: Float64Array | undefined, level: number, amount: number): void {
  if (to !== undefined) to[level] = (to[level] ?? 0) + amount
}

function shares(seen: ArrayLike<number>): Float64Array {
  const counts = Float64Array.from(seen)
  const total = counts.subarray(1).reduce((sum, value) => sum + value, 0)
  return counts.map((value, level) => (level === 0 ? 0 : Math.max(value / total, 1e-7)))
}
