import { UnionFind } from '../graph/union-find.ts'
import type { Linkage } from '../link.ts'

/** Two records of one cluster, and in bits how much likelier one person is than two. */
export interface Link {
  readonly one: number
  readonly other: number
  readonly weight: number
}

export interface Held {
  /** The smallest record. */
  readonly name: number
  readonly records: readonly number[]
  /** The strongest links that hold it together, one fewer than its records. */
  readonly links: readonly Link[]
  /** The link without which it would fall into two; null for a single record. */
  readonly weakest: Link | null
}

/** Each cluster of two records or more with the path of evidence that holds it: a maximum spanning tree over all its pairs. */
export function heldClusters({ clusters, scorer, same }: Pick<Linkage, 'clusters' | 'scorer' | 'same'>): Held[] {
  const members = Map.groupBy(clusters.keys(), (record) => clusters[record] ?? record)
  return [...members].flatMap(([name, records]) => (records.length < 2 ? [] : [held(name, records, scorer, same)]))
}

function held(name: number, records: readonly number[], scorer: Linkage['scorer'], same: Linkage['same']): Held {
  // Of records in the same words each pair weighs the same, against each other and against any other record.
  const firsts = records.filter((record) => same.firsts[record] === record)
  const pairs = firsts.flatMap((one, at) =>
    firsts.slice(at + 1).map((other): Link => ({ one, other, weight: scorer.weight(one, other) })),
  )
  for (const other of records) {
    const one = same.firsts[other] ?? other
    if (one !== other) pairs.push({ one, other, weight: scorer.weight(one, other) })
  }
  // Equal weights in the order of records, so that the same table gives the same path.
  pairs.sort((a, b) => b.weight - a.weight || a.one - b.one || a.other - b.other)
  const place = new Map(records.map((record, at) => [record, at]))
  const sets = new UnionFind(records.length)
  const links = pairs.filter(({ one, other }) => {
    const [a, b] = [place.get(one) ?? 0, place.get(other) ?? 0]
    if (sets.find(a) === sets.find(b)) return false
    sets.join(a, b)
    return true
  })
  return { name, records, links, weakest: links.at(-1) ?? null }
}
