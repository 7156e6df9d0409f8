import type { Candidates } from '../blocking/candidates.ts'
import { UnionFind } from '../graph/union-find.ts'
import type { Scorer } from '../model/scorer.ts'
import { averageLinkage, type Merge } from './average-linkage.ts'
import { componentsOf } from './components.ts'

/** Merges below this weight, in bits, are not even looked at. */
export const leastWeight = -12
/** An edge that alone makes one person likelier than two brings records into one component. */
const edgeFrom = 0

export interface Dendrogram {
  /** Of records, in falling order of weight within each component. */
  readonly merges: readonly Merge[]
}

/** Scores the candidates, then every pair inside each component, and joins by average linkage. */
export function dendrogramOf(records: number, candidates: Candidates, scorer: Scorer): Dendrogram {
  const { count, ones, others } = candidates
  const weights = new Float32Array(count)
  for (let index = 0; index < count; index++) {
    weights[index] = scorer.weightFrom(ones[index] ?? 0, others[index] ?? 0, edgeFrom)
  }
  const merges: Merge[] = []
  for (const members of componentsOf(records, { ones, others, weights }, edgeFrom)) {
    const record = (place: number): number => members[place] ?? 0
    const weight = (one: number, other: number): number => scorer.weight(record(one), record(other))
    for (const merge of averageLinkage(members.length, weight, leastWeight)) {
      merges.push({ into: record(merge.into), from: record(merge.from), weight: merge.weight })
    }
  }
  return { merges }
}

/** The cluster of each record, named by its smallest member, when all merges of at least `bar` bits are made. */
export function clustersAt(records: number, { merges }: Dendrogram, bar: number): Int32Array {
  const sets = new UnionFind(records)
  for (const { into, from, weight } of merges) if (weight >= bar) sets.join(into, from)
  const clusters = new Int32Array(records)
  for (let record = 0; record < records; record++) clusters[record] = sets.find(record)
  return clusters
}
