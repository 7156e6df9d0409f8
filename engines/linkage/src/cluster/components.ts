import { UnionFind } from '../graph/union-find.ts'
import { sharedNumbers } from '../share/shared-memory.ts'

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

/** Groups of two records or more, each from its smallest member up: of group g from `starts[g]` to `starts[g + 1]`. */
export interface Components {
  readonly members: Int32Array
  readonly starts: Int32Array
}

/** A list for each: for few of them. */
export const groupsOf = ({ members, starts }: Components): number[][] =>
  Array.from({ length: starts.length - 1 }, (_, group) => [...members.subarray(starts[group], starts[group + 1])])

/**
 * What hangs together by edges of at least `least` bits. A component that is too large is taken apart again by asking for
 * stronger edges, and for nothing else.
 */
export function componentsOf(records: number, edges: Edges, least: number): Components {
  const { ones, others, weights } = edges
  const sets = new UnionFind(records)
  for (let edge = 0; edge < weights.length; edge++) {
    if ((weights[edge] ?? 0) >= least) sets.join(ones[edge] ?? 0, others[edge] ?? 0)
  }
  const sizes = new Int32Array(records)
  let largest = 0
  for (let record = 0; record < records; record++) {
    const first = sets.find(record)
    const size = (sizes[first] ?? 0) + 1
    sizes[first] = size
    if (size > largest) largest = size
  }
  const components = gathered(sets, sizes)
  if (largest <= mostInComponent) return components
  const strong = Int32Array.from(weights.keys()).filter((edge) => (weights[edge] ?? 0) >= least)
  const edgesOf = Map.groupBy(strong, (edge) => sets.find(ones[edge] ?? 0))
  return listed(
    groupsOf(components)
      .flatMap((group) =>
        group.length <= mostInComponent
          ? [group]
          : taken(group, Int32Array.from(edgesOf.get(group[0] ?? 0) ?? []), edges, least),
      )
      .filter(({ length }) => length > 1)
      .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
  )
}

/** A set is named by its smallest member, which comes first; most are alone. `sizes`: by that name. */
function gathered(sets: UnionFind, sizes: Int32Array): Components {
  let [count, size] = [0, 0]
  for (const each of sizes) {
    if (each < 2) continue
    count++
    size += each
  }
  const [members, starts] = [sharedNumbers(size), sharedNumbers(count + 1)]
  const places = new Int32Array(sizes.length)
  let [group, at] = [0, 0]
  for (let record = 0; record < sizes.length; record++) {
    const own = sizes[record] ?? 0
    if (own > 1) {
      places[record] = at
      at += own
      starts[++group] = at
    }
    const first = sets.find(record)
    if ((sizes[first] ?? 0) < 2) continue
    const place = places[first] ?? 0
    members[place] = record
    places[first] = place + 1
  }
  return { members, starts }
}

function listed(groups: readonly (readonly number[])[]): Components {
  const starts = sharedNumbers(groups.length + 1)
  groups.forEach(({ length }, group) => {
    starts[group + 1] = (starts[group] ?? 0) + length
  })
  const members = sharedNumbers(starts[groups.length] ?? 0)
  members.set(groups.flat())
  return { members, starts }
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
