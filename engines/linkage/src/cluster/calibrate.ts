import { candidatesOf } from '../blocking/candidates.ts'
import type { Rule } from '../blocking/rules.ts'
import { type Compared, comparisonsOf } from '../compare/compared.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { Model } from '../model/model.ts'
import type { Share } from '../share/share.ts'
import { type Dendrogram, dendrogramOf, leastWeight } from './dendrogram.ts'

/** How often a merge of a given weight is right, as the fields that had no part in it tell. */
export interface Calibration {
  /** Merges of at least this weight, in bits, are made. */
  readonly bar: number
  /** From the highest weight down. */
  readonly steps: readonly { readonly weight: number; readonly pairs: number; readonly right: number }[]
}

const highest = 6
const pairsOfMerge = 16
/** A wrong link is a wrong door and counts twice a missed one, so two of three must be right. */
const rightEnough = 2 / 3

/**
 * Without labels: each witness field is left out of blocking, scoring and clustering; then the pairs that merges of a
 * weight bring together are compared by it. Fields err independently in this model, so the mixture of `m` and `u` that
 * the witness shows is the share of pairs that are one person.
 */
export async function calibrate(
  table: Compared,
  model: Model,
  rules: readonly Rule[],
  records: number,
  share: Share,
  /** Fields that are asked for their opinion: those that tell one person from two best. */
  witnesses = 3,
): Promise<Calibration> {
  const bins = highest - leastWeight + 1
  const opinions: Opinion[][] = Array.from({ length: bins }, () => [])
  for (const field of bestWitnesses(model).slice(0, witnesses)) {
    const without = rules.filter(({ columns }) => !columns.includes(field))
    if (without.length === 0) continue
    const candidates = await candidatesOf(without, records, share)
    const dendrogram = await dendrogramOf(candidates, { table, model, left: field }, share)
    const comparison = comparisonsOf(table)[field]
    if (comparison !== undefined) ask(comparison, model, field, dendrogram, records, opinions)
  }
  const steps = opinions.map((opinion, bin) => ({
    weight: leastWeight + bin,
    pairs: opinion.reduce((sum, { seen }) => sum + seen.reduce((all, count) => all + count, 0), 0),
    right: shareOfOne(opinion),
  }))
  return { bar: barOf(steps), steps: steps.reverse() }
}

interface Opinion {
  readonly m: Float64Array
  readonly u: Float64Array
  /** Pairs at each level of the witness. */
  readonly seen: Float64Array
}

/** By how far apart `m` and `u` lie: the divergence of Kullback and Leibler, both ways. */
function bestWitnesses({ m, u }: Model): number[] {
  const worth = m.map((field, number) =>
    field.reduce((sum, share, level) => {
      const other = u[number]?.[level] ?? 0
      return level === 0 ? sum : sum + (share - other) * Math.log2(share / other)
    }, 0),
  )
  return [...worth.keys()].sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0))
}

function ask(
  comparison: Comparison,
  model: Model,
  field: number,
  { merges }: Dendrogram,
  records: number,
  opinions: Opinion[][],
): void {
  const size = comparison.levels.names.length
  const [m, u] = [model.m[field] ?? new Float64Array(size), model.u[field] ?? new Float64Array(size)]
  const seen = opinions.map(() => new Float64Array(size))
  const members: number[][] = Array.from({ length: records }, (_, record) => [record])
  for (const { into, from, weight } of merges) {
    const [one, other] = [members[into] ?? [], members[from] ?? []]
    const levels = seen[Math.min(opinions.length - 1, Math.floor(weight) - leastWeight)]
    const step = Math.max(1, Math.floor((one.length * other.length) / pairsOfMerge))
    for (let pair = 0; pair < one.length * other.length; pair += step) {
      const level = comparison.level(one[pair % one.length] ?? 0, other[Math.floor(pair / one.length)] ?? 0)
      if (level > 0 && levels !== undefined) levels[level] = (levels[level] ?? 0) + 1
    }
    one.push(...other)
    members[from] = []
  }
  seen.forEach((levels, bin) => {
    opinions[bin]?.push({ m, u, seen: levels })
  })
}

/** The share that makes what all witnesses saw likeliest. */
function shareOfOne(opinions: readonly Opinion[]): number {
  let share = 0.5
  for (let step = 0; step < 100; step++) {
    let ones = 0
    let all = 0
    for (const { m, u, seen } of opinions) {
      for (let level = 1; level < seen.length; level++) {
        const count = seen[level] ?? 0
        const one = share * (m[level] ?? 0)
        ones += count === 0 ? 0 : (count * one) / (one + (1 - share) * (u[level] ?? 0))
        all += count
      }
    }
    if (all === 0) return 1
    share = ones / all
  }
  return share
}

/** Where so few pairs were seen, a weight has no opinion of its own. */
const fewest = 50

/**
 * The model's own bar is 0: one person as likely as two. It is lowered while the witnesses agree with every step, and
 * raised above the highest step that they call wrong; where they are silent it stays.
 */
function barOf(steps: Calibration['steps']): number {
  const isWrong = ({ pairs, right }: Calibration['steps'][number]): boolean => pairs >= fewest && right < rightEnough
  const wrongAbove = steps.filter((step) => step.weight >= 0 && isWrong(step)).map(({ weight }) => weight + 1)
  if (wrongAbove.length > 0) return Math.max(...wrongAbove)
  let bar = 0
  for (const step of steps.filter(({ weight }) => weight < 0).sort((a, b) => b.weight - a.weight)) {
    if (step.pairs < fewest || isWrong(step)) return bar
    bar = step.weight
  }
  return bar
}
