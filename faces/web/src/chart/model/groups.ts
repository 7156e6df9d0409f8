import { many } from '../../text/words.ts'
import type { ChartData, ChartEdge, Shown, ShownEdge, ShownNode } from './types.ts'

export interface Group {
  readonly id: string
  readonly label: string
  readonly members: readonly string[]
}

/** Members of a group become one node, and what ran between groups one link of each kind. The first group of a node counts. */
export function fold(data: ChartData, groups: readonly Group[]): Shown {
  if (groups.length === 0) return data
  const groupOf = new Map<string, Group>()
  for (const group of groups) for (const id of group.members) if (!groupOf.has(id)) groupOf.set(id, group)
  const inside = new Map<Group, ShownNode[]>()
  const nodes: ShownNode[] = []
  for (const node of data.nodes) {
    const group = groupOf.get(node.id)
    const others = group === undefined ? nodes : (inside.get(group) ?? [])
    others.push(node)
    if (group !== undefined) inside.set(group, others)
  }
  for (const [group, members] of inside) nodes.push(nodeOf(group, members))
  return { nodes, edges: foldEdges(data.edges, (id) => groupOf.get(id)?.id ?? id) }
}

const nodeOf = (group: Group, members: readonly ShownNode[]): ShownNode => ({
  id: group.id,
  kind: 'group',
  label: group.label,
  hidden: members.reduce((sum, node) => sum + node.hidden, 0),
  members: members.map(({ id }) => id),
})

function foldEdges(edges: readonly ChartEdge[], endOf: (id: string) => string): ShownEdge[] {
  const kept: ShownEdge[] = []
  const bundles = new Map<string, ChartEdge[]>()
  for (const edge of edges) {
    const [from, to] = [endOf(edge.from), endOf(edge.to)]
    if (from === edge.from && to === edge.to) {
      kept.push(edge)
      continue
    }
    // Inside one group: it is shown again when the group is opened.
    if (from === to) continue
    const key = JSON.stringify([from, to, edge.kind, edge.decided ?? ''])
    const bundle = bundles.get(key)
    if (bundle === undefined) bundles.set(key, [edge])
    else bundle.push(edge)
  }
  for (const bundle of bundles.values()) {
    const [first] = bundle
    if (first !== undefined) kept.push(bundled(first, bundle, endOf))
  }
  return kept
}

function bundled(first: ChartEdge, bundle: readonly ChartEdge[], endOf: (id: string) => string): ShownEdge {
  const ends = { from: endOf(first.from), to: endOf(first.to) }
  if (bundle.length === 1) return { ...first, ...ends }
  const reasons = [...new Set(bundle.map(({ label }) => label))]
  const told = reasons.slice(0, 3).join('; ')
  return {
    ...first,
    ...ends,
    id: `${first.id}+${bundle.length - 1}`,
    label: `${many(bundle.length, 'link')}: ${told}${reasons.length > 3 ? `; and ${reasons.length - 3} more reasons` : ''}`,
    weight: bundle.reduce((sum, edge) => sum + (edge.weight ?? 1), 0),
    members: bundle.map(({ id }) => id),
  }
}

/** Chosen nodes become one group; groups among them are opened into it. */
export function grouped(groups: readonly Group[], chosen: readonly string[], id: string): readonly Group[] {
  const taken = new Set(chosen)
  const opened = groups.filter((group) => taken.has(group.id)).flatMap((group) => group.members)
  const own = chosen.filter((each) => !groups.some((group) => group.id === each))
  const members = [...new Set([...own, ...opened])]
  if (members.length < 2) return groups
  return [...groups.filter((group) => !taken.has(group.id)), { id, label: `Group of ${members.length}`, members }]
}
