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
export function heldClusters({ clusters, scorer }: Pick<Linkage, 'clusters' | 'scorer'>): Held[] {
  const members = Map.groupBy(clusters.keys(), (record) => clusters[record] ?? record)
  return [...members].flatMap(([name, records]) => (records.length < 2 ? [] : [held(name, records, scorer)]))
}

function held(name: number, records: readonly number[], scorer: Linkage['scorer']): Held {
  const pairs = records.flatMap((one, at) =>
    records.slice(at + 1).map((other): Link => ({ one, other, weight: scorer.weight(one, other) })),
  )
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
