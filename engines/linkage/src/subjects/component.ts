import { UnionFind } from '../graph/union-find.ts'
import { type ConstrainedMerge, constrainedLinkage } from './constrained.ts'
import { type Contradiction, settle } from './contradictions.ts'
import type { Decision, EdgeScored, Millibits } from './events.ts'
import { type Facts, order } from './facts.ts'

export interface Settings {
  /** Merges of at least this mean weight are made. */
  readonly bar: Millibits
  /** An edge of at least this weight brings records into one component. */
  readonly edgeFrom: Millibits
  /** What a pair weighs of which nothing was scored: no rule ever brought the two together. */
  readonly unscored: Millibits
  /** Larger components are taken apart by asking for stronger edges, which is shown. */
  readonly mostInComponent: number
}

export const usualSettings: Settings = { bar: 0, edgeFrom: 0, unscored: -6000, mostInComponent: 1200 }

/** Records that hang together, and the clusters they fall into. */
export interface Component {
  readonly records: readonly string[]
  /** Records of each cluster, sorted, in the order of their first. */
  readonly clusters: readonly (readonly string[])[]
  readonly contradictions: readonly Contradiction[]
  /** The component was too large to be weighed whole and was parted at edges weaker than this: look at it. */
  readonly partedAt: Millibits | null
}

/** What the clustering of a component rests on; explanations leave parts of it out. */
export interface Ground {
  edgesOf(record: string): Iterable<readonly [other: string, edge: EdgeScored]>
  weight(edge: EdgeScored): Millibits | null
  decisionsOf(record: string): readonly Decision[]
  has(record: string): boolean
}

export const groundOf = (facts: Facts): Ground => ({
  edgesOf: (record) => facts.edgesOf(record),
  weight: (edge) => facts.weight(edge),
  decisionsOf: (record) => facts.decisionsOf(record),
  has: (record) => facts.received.has(record),
})

const nothing = Number.NEGATIVE_INFINITY

/** Everything that hangs together with a record by edges that count or by must-links, sorted. */
export function reachOf(start: string, ground: Ground, { edgeFrom }: Settings): string[] {
  const reached = new Set([start])
  const open = [start]
  const visit = (record: string): void => {
    if (reached.has(record) || !ground.has(record)) return
    reached.add(record)
    open.push(record)
  }
  for (let record = open.pop(); record !== undefined; record = open.pop()) {
    for (const [other, edge] of ground.edgesOf(record)) if ((ground.weight(edge) ?? nothing) >= edgeFrom) visit(other)
    for (const decision of ground.decisionsOf(record)) {
      if (decision.verb === 'must link') visit(decision.one === record ? decision.other : decision.one)
    }
  }
  return [...reached].sort(order)
}

/** Groups that must be one, and what lies between them. */
interface Groups {
  /** Places of `records` in each group, in the order of their first. */
  readonly members: readonly (readonly number[])[]
  readonly groupOf: Int32Array
  readonly apart: readonly (readonly [number, number])[]
  readonly contradictions: readonly Contradiction[]
}

export function clusterComponent(records: readonly string[], ground: Ground, settings: Settings): Component {
  if (records.length === 1) return { records, clusters: [records], contradictions: [], partedAt: null }
  const places = new Map(records.map((record, place) => [record, place]))
  const groups = groupsOf(records, places, ground)
  const edges = edgesOf(records, places, groups, ground)
  const { parts, partedAt } = partsOf(groups.members.length, edges, settings)
  const clusters = parts.flatMap((part) =>
    clustersOf(part, groups, edges, settings).map((cluster) =>
      cluster
        .flatMap((group) => groups.members[group] ?? [])
        .sort((a, b) => a - b)
        .map((place) => records[place] ?? ''),
    ),
  )
  clusters.sort((a, b) => order(a[0] ?? '', b[0] ?? ''))
  return { records, clusters, contradictions: groups.contradictions, partedAt }
}

function groupsOf(records: readonly string[], places: ReadonlyMap<string, number>, ground: Ground): Groups {
  const decisions = records.flatMap((record) =>
    ground.decisionsOf(record).filter(({ one, other }) => one === record && places.has(other)),
  )
  const { must, cannot, contradictions } = settle(decisions)
  const sets = new UnionFind(records.length)
  const place = (record: string): number => places.get(record) ?? 0
  for (const { one, other } of must) sets.join(place(one), place(other))
  const groupOf = new Int32Array(records.length)
  const members: number[][] = []
  for (let at = 0; at < records.length; at++) {
    const first = sets.find(at)
    if (first === at) groupOf[at] = members.push([at]) - 1
    else {
      groupOf[at] = groupOf[first] ?? 0
      members[groupOf[at] ?? 0]?.push(at)
    }
  }
  const apart = cannot.map(({ one, other }): readonly [number, number] => [
    groupOf[place(one)] ?? 0,
    groupOf[place(other)] ?? 0,
  ])
  return { members, groupOf, apart, contradictions }
}

/** Scored pairs between groups. */
interface Between {
  readonly one: number
  readonly other: number
  readonly weight: Millibits
}

function edgesOf(
  records: readonly string[],
  places: ReadonlyMap<string, number>,
  { groupOf }: Groups,
  ground: Ground,
): Between[] {
  const edges: Between[] = []
  records.forEach((record, place) => {
    for (const [other, edge] of ground.edgesOf(record)) {
      const at = places.get(other) ?? -1
      if (at <= place || groupOf[at] === groupOf[place]) continue
      const weight = ground.weight(edge)
      if (weight !== null) edges.push({ one: groupOf[place] ?? 0, other: groupOf[at] ?? 0, weight })
    }
  })
  return edges
}

/** By how much the evidence must be stronger when a component is too large. */
const stronger = 2000

function partsOf(
  count: number,
  edges: readonly Between[],
  { edgeFrom, mostInComponent }: Settings,
): { readonly parts: readonly (readonly number[])[]; readonly partedAt: Millibits | null } {
  const all = Array.from({ length: count }, (_, group) => group)
  if (count <= mostInComponent) return { parts: [all], partedAt: null }
  let partedAt = edgeFrom
  const split = (part: readonly number[], own: readonly Between[], least: Millibits): (readonly number[])[] => {
    if (part.length <= mostInComponent) return [part]
    partedAt = Math.max(partedAt, least)
    const strong = own.filter(({ weight }) => weight >= least)
    const sets = new UnionFind(count)
    for (const { one, other } of strong) sets.join(one, other)
    const inside = Map.groupBy(strong, ({ one }) => sets.find(one))
    return [...Map.groupBy(part, (group) => sets.find(group))].flatMap(([name, members]) =>
      split(members, inside.get(name) ?? [], least + stronger),
    )
  }
  return { parts: split(all, edges, edgeFrom + stronger), partedAt }
}

function clustersOf(
  part: readonly number[],
  groups: Groups,
  edges: readonly Between[],
  settings: Settings,
): number[][] {
  const { sizes, sums } = matrixOf(part, groups, edges, settings)
  return joined(part, constrainedLinkage(sizes, sums, settings.bar))
}

/** For each two groups the total weight of all pairs between them; minus infinity where a decision keeps them apart. */
function matrixOf(
  part: readonly number[],
  { members, apart }: Groups,
  edges: readonly Between[],
  { unscored }: Settings,
): { readonly sizes: Float64Array; readonly sums: Float64Array } {
  const places = new Map(part.map((group, place) => [group, place]))
  const count = part.length
  const sizes = Float64Array.from(part, (group) => members[group]?.length ?? 1)
  const sums = new Float64Array(count * count)
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < count; other++) {
      sums[one * count + other] = unscored * (sizes[one] ?? 1) * (sizes[other] ?? 1)
    }
  }
  const add = (one: number, other: number, weight: number): void => {
    const [a, b] = [places.get(one), places.get(other)]
    if (a === undefined || b === undefined) return
    sums[a * count + b] = (sums[a * count + b] ?? 0) + weight
    sums[b * count + a] = (sums[b * count + a] ?? 0) + weight
  }
  for (const { one, other, weight } of edges) add(one, other, weight - unscored)
  for (const [one, other] of apart) if (one !== other) add(one, other, Number.NEGATIVE_INFINITY)
  return { sizes, sums }
}

/** The last merge that made one cluster of these records: the two parts, and how well they agree. Null: decisions hold them. */
export function lastMerge(
  records: readonly string[],
  ground: Ground,
  settings: Settings,
): { readonly parts: readonly [readonly string[], readonly string[]]; readonly mean: number } | null {
  const places = new Map(records.map((record, place) => [record, place]))
  const groups = groupsOf(records, places, ground)
  const part = groups.members.map((_, group) => group)
  const { sizes, sums } = matrixOf(part, groups, edgesOf(records, places, groups, ground), settings)
  const merges = constrainedLinkage(sizes, sums, settings.bar)
  const last = merges.at(-1)
  if (last === undefined || merges.length < part.length - 1) return null
  const named = (group: number): readonly string[] => (groups.members[group] ?? []).map((place) => records[place] ?? '')
  const [one, other] = joined(part, merges.slice(0, -1)).map((cluster) => cluster.flatMap(named).sort(order))
  return one === undefined || other === undefined ? null : { parts: [one, other], mean: last.mean }
}

function joined(part: readonly number[], merges: readonly ConstrainedMerge[]): number[][] {
  const clusters: number[][] = part.map((group) => [group])
  for (const { into, from } of merges) {
    clusters[into]?.push(...(clusters[from] ?? []))
    clusters[from] = []
  }
  return clusters.filter(({ length }) => length > 0)
}
