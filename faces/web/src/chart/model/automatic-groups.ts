import { many } from '../../text/words.ts'
import { degreeOf, type Graph, graphOf } from './graph.ts'
import type { Group } from './groups.ts'
import type { ChartData } from './types.ts'
import { kindName } from './words.ts'

/** More nodes than this are no picture any more. */
export const MOST_NODES = 20_000
/** Then so many are left, so that there is room to open groups again. */
const FOLDED_TO = 5_000

/**
 * Too many nodes fold in three steps, each only as far as needed, the same each time: the groups that the data names;
 * nodes of one kind that hang on one and the same node alone; then every node joins the nearest of the most linked ones.
 */
export function automaticGroups(data: ChartData, most = MOST_NODES, target = FOLDED_TO): readonly Group[] {
  if (data.nodes.length <= most) return []
  const groups: Group[] = byName(data)
  const left = () => data.nodes.length - groups.reduce((sum, group) => sum + group.members.length - 1, 0)
  if (left() <= target) return groups
  const graph = graphOf(data)
  const taken = new Set(groups.flatMap(({ members }) => members))
  const leaves = leavesOf(graph, taken)
  groups.push(...leaves)
  if (left() <= target) return groups
  // Groups may themselves be too many: then they are left out, and the last step takes every node.
  if (groups.length > target / 2) return aroundHubs(graph, new Set(), Math.max(1, target - 1))
  for (const { members } of leaves) for (const id of members) taken.add(id)
  groups.push(...aroundHubs(graph, taken, target - groups.length - 1))
  return groups
}

function byName(data: ChartData): Group[] {
  const named = new Map<string, string[]>()
  for (const { id, group } of data.nodes) {
    if (group === undefined) continue
    const others = named.get(group)
    if (others === undefined) named.set(group, [id])
    else others.push(id)
  }
  return groupsOf(named, (name, members) => ({ id: `group:${name}`, label: `${name} (${members.length})`, members }))
}

function leavesOf(graph: Graph, taken: ReadonlySet<string>): Group[] {
  const hanging = new Map<string, { readonly kind: string; readonly label: string; readonly ids: string[] }>()
  graph.nodes.forEach(({ id, kind }, number) => {
    if (degreeOf(graph, number) !== 1 || taken.has(id)) return
    const hub = graph.nodes[graph.neighbour[graph.offset[number] ?? 0] ?? 0]
    if (hub === undefined) return
    const key = `leaves:${kind}:${hub.id}`
    const others = hanging.get(key)
    if (others === undefined) hanging.set(key, { kind, label: hub.label, ids: [id] })
    else others.ids.push(id)
  })
  return [...hanging]
    .filter(([, { ids }]) => ids.length > 1)
    .map(([id, { kind, label, ids }]) => ({ id, label: `${ids.length} × ${kindName(kind)} of ${label}`, members: ids }))
}

/** From the most linked nodes outwards, all at once: whoever is reached joins; what is never reached joins its first node. */
function aroundHubs(graph: Graph, taken: ReadonlySet<string>, room: number): Group[] {
  const order = graph.nodes.map((_, number) => number).filter((number) => !taken.has(graph.nodes[number]?.id ?? ''))
  order.sort((a, b) => degreeOf(graph, b) - degreeOf(graph, a) || a - b)
  const owner = new Int32Array(graph.nodes.length).fill(-1)
  const spread = (queue: number[]): void => {
    for (let at = 0; at < queue.length; at++) {
      const here = queue[at] ?? 0
      for (let link = graph.offset[here] ?? 0; link < (graph.offset[here + 1] ?? 0); link++) {
        const next = graph.neighbour[link] ?? 0
        if (owner[next] !== -1 || taken.has(graph.nodes[next]?.id ?? '')) continue
        owner[next] = owner[here] ?? 0
        queue.push(next)
      }
    }
  }
  const hubs = order.slice(0, room)
  for (const hub of hubs) owner[hub] = hub
  spread([...hubs])
  // Islands without a hub: so many of them that each alone would again be too many, so they share one group.
  const members = new Map<number, string[]>()
  for (const number of order) {
    const hub = owner[number] ?? -1
    const others = members.get(hub)
    const id = graph.nodes[number]?.id ?? ''
    if (others === undefined) members.set(hub, [id])
    else others.push(id)
  }
  return groupsOf(members, (hub, ids) => {
    const centre = graph.nodes[hub]
    return centre === undefined
      ? { id: 'islands', label: `${many(ids.length, 'node')} far from the rest`, members: ids }
      : { id: `around:${centre.id}`, label: `${centre.label} and ${many(ids.length - 1, 'node')} around`, members: ids }
  })
}

const groupsOf = <Key>(members: ReadonlyMap<Key, string[]>, make: (key: Key, ids: string[]) => Group): Group[] =>
  [...members].filter(([, ids]) => ids.length > 1).map(([key, ids]) => make(key, ids))
