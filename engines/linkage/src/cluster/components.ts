import { UnionFind } from '../graph/union-find.ts'

/** Weighted edges between records. */
export interface Edges {
  readonly ones: Int32Array
  readonly others: Int32Array
  readonly weights: Float32Array
}

/** A component is scored pair by pair, which must stay affordable. */
export const mostInComponent = 1200
/** By how much the evidence must be stronger, in bits, when a component is too large. */
const stronger = 2

/**
 * Two records or more that hang together by edges of at least `least` bits, each component from its smallest member up.
 * One that is too large is taken apart again by asking for stronger edges, and for nothing else.
 */
export function componentsOf(records: number, edges: Edges, least: number): number[][] {
  const { ones, others, weights } = edges
  const sets = new UnionFind(records)
  for (let edge = 0; edge < weights.length; edge++) {
    if ((weights[edge] ?? 0) >= least) sets.join(ones[edge] ?? 0, others[edge] ?? 0)
  }
  const groups: number[][] = []
  const groupOf = new Int32Array(records).fill(-1)
  for (let record = 0; record < records; record++) {
    const first = sets.find(record)
    // A set is named by its smallest member, which comes first; most are alone.
    if (first === record) continue
    const group = groupOf[first] ?? -1
    if (group < 0) groupOf[first] = groups.push([first, record]) - 1
    else groups[group]?.push(record)
  }
  if (groups.every(({ length }) => length <= mostInComponent)) return groups
  const strong = Int32Array.from(weights.keys()).filter((edge) => (weights[edge] ?? 0) >= least)
  const edgesOf = Map.groupBy(strong, (edge) => sets.find(ones[edge] ?? 0))
  return groups
    .flatMap((group) =>
      group.length <= mostInComponent
        ? [group]
        : taken(group, Int32Array.from(edgesOf.get(group[0] ?? 0) ?? []), edges, least),
    )
    .filter(({ length }) => length > 1)
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}

function taken(members: readonly number[], own: Int32Array, edges: Edges, least: number): number[][] {
  const places = new Map(members.map((member, place) => [member, place]))
  const sets = new UnionFind(members.length)
  const placeOf = (record: number | undefined): number => places.get(record ?? -1) ?? 0
  for (const edge of own) sets.join(placeOf(edges.ones[edge]), placeOf(edges.others[edge]))
  const groups = new Map<number, number[]>()
  members.forEach((member, place) => {
    const group = groups.get(sets.find(place)) ?? []
    if (group.length === 0) groups.set(sets.find(place), group)
    group.push(member)
  })
  const edgesOf = new Map<number, number[]>()
  for (const edge of own) {
    const group = sets.find(placeOf(edges.ones[edge]))
    if ((groups.get(group)?.length ?? 0) <= mostInComponent) continue
    const list = edgesOf.get(group) ?? []
    if (list.length === 0) edgesOf.set(group, list)
    if ((edges.weights[edge] ?? 0) >= least + stronger) list.push(edge)
  }
  return [...groups].flatMap(([group, records]) =>
    records.length <= mostInComponent
      ? [records]
      : taken(records, Int32Array.from(edgesOf.get(group) ?? []), edges, least + stronger),
  )
}
