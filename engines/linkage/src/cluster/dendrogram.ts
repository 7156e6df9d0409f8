import type { Candidates } from '../blocking/candidates.ts'
import type { Compared } from '../compare/compared.ts'
import { UnionFind } from '../graph/union-find.ts'
import type { Model } from '../model/model.ts'
import { Scorer } from '../model/scorer.ts'
import type { Share } from '../share/share.ts'
import { sharedNumbers, sharedWeights } from '../share/shared-memory.ts'
import { averageLinkage, type Merge } from './average-linkage.ts'
import { type Components, componentsOf } from './components.ts'

/** Merges below this weight, in bits, are not even looked at. */
export const leastWeight = -12
/** An edge that alone makes one person likelier than two brings records into one component. */
const edgeFrom = 0

export interface Dendrogram {
  /** Of records, in falling order of weight within each component; then whoever says the same as another one. */
  readonly merges: readonly Merge[]
}

/** What pairs are scored by. `left`: a field that says nothing, or -1. */
export interface Scored {
  readonly table: Compared
  readonly model: Model
  readonly left: number
}

export interface WeightsAsked extends Scored {
  readonly candidates: Candidates
  /** Of each candidate; filled in. */
  readonly weights: Float32Array
}

export interface MergesAsked extends Scored {
  readonly components: Components
  /** Of component c from the place of its first member on, so many as `counts[c]` says; filled in. */
  readonly merges: {
    readonly into: Int32Array
    readonly from: Int32Array
    readonly weights: Float32Array
    readonly counts: Int32Array
  }
}

/** So many candidates, or components, at once. */
const [pairsPart, componentsPart] = [1 << 16, 1 << 13]

/** Scores the candidates, then every pair inside each component, and joins by average linkage. */
export async function dendrogramOf(candidates: Candidates, scored: Scored, share: Share): Promise<Dendrogram> {
  const { count, ones, others } = candidates
  const weights = sharedWeights(count)
  await share.all('weights', { ...scored, candidates, weights }, Math.ceil(count / pairsPart))
  const records = Math.max(0, (scored.table.columns[0]?.starts.length ?? 1) - 1)
  const components = componentsOf(records, { ones, others, weights }, edgeFrom)
  const { members, starts } = components
  const merges = {
    ...{ into: sharedNumbers(members.length), from: sharedNumbers(members.length) },
    ...{ weights: sharedWeights(members.length), counts: sharedNumbers(starts.length - 1) },
  }
  const parts = Math.ceil((starts.length - 1) / componentsPart)
  await share.all('merges', { ...scored, components, merges }, parts)
  return { merges: mergesOf(components, merges) }
}

function mergesOf({ starts }: Components, { into, from, weights, counts }: MergesAsked['merges']): Merge[] {
  const merges: Merge[] = []
  counts.forEach((count, component) => {
    const first = starts[component] ?? 0
    for (let at = first; at < first + count; at++)
      merges.push({ into: into[at] ?? 0, from: from[at] ?? 0, weight: weights[at] ?? 0 })
  })
  return merges
}

/** Weighs one part of the candidates. */
export function weighedPart({ table, model, left, candidates, weights }: WeightsAsked): (place: number) => null {
  const scorer = new Scorer(table, model, left)
  const { count, ones, others } = candidates
  return (place) => {
    for (let index = place * pairsPart; index < Math.min(count, (place + 1) * pairsPart); index++)
      weights[index] = scorer.weightFrom(ones[index] ?? 0, others[index] ?? 0, edgeFrom)
    return null
  }
}

/** Joins what is one within one part of the components. */
export function mergedPart({ table, model, left, components, merges }: MergesAsked): (place: number) => null {
  const scorer = new Scorer(table, model, left)
  const { members, starts } = components
  const { into, from, weights, counts } = merges
  return (place) => {
    const end = Math.min(starts.length - 1, (place + 1) * componentsPart)
    for (let component = place * componentsPart; component < end; component++) {
      const first = starts[component] ?? 0
      const record = (at: number): number => members[first + at] ?? 0
      const weight = (one: number, other: number): number => scorer.weight(record(one), record(other))
      const made = averageLinkage((starts[component + 1] ?? 0) - first, weight, leastWeight)
      made.forEach((merge, at) => {
        into[first + at] = record(merge.into)
        from[first + at] = record(merge.from)
        weights[first + at] = merge.weight
      })
      counts[component] = made.length
    }
    return null
  }
}

/** The cluster of each record, named by its smallest member, when all merges of at least `bar` bits are made. */
export function clustersAt(records: number, { merges }: Dendrogram, bar: number): Int32Array {
  const sets = new UnionFind(records)
  for (const { into, from, weight } of merges) if (weight >= bar) sets.join(into, from)
  const clusters = new Int32Array(records)
  for (let record = 0; record < records; record++) clusters[record] = sets.find(record)
  return clusters
}
