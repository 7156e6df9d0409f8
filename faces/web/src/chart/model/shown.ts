import { fold, type Group } from './groups.ts'
import type { ChartData, Shown } from './types.ts'

/** Kinds of node and of link that the officer has switched off. */
export interface Filter {
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

export const nothingFiltered: Filter = { nodes: new Set(), edges: new Set() }

/** What of the data is drawn: kinds left out first, so that a group never holds what the officer switched off. */
export function shownOf(data: ChartData, groups: readonly Group[], filter: Filter): Shown {
  if (filter.nodes.size === 0 && filter.edges.size === 0) return fold(data, groups)
  const nodes = data.nodes.filter(({ kind }) => !filter.nodes.has(kind))
  const left = new Set(nodes.map(({ id }) => id))
  const isGone = new Set(data.nodes.filter(({ id }) => !left.has(id)).map(({ id }) => id))
  const edges = data.edges.filter(
    ({ kind, from, to }) => !filter.edges.has(kind) && !isGone.has(from) && !isGone.has(to),
  )
  return fold({ nodes, edges }, groups)
}

export function countKinds(data: ChartData): {
  readonly nodes: Map<string, number>
  readonly edges: Map<string, number>
} {
  const count = (of: readonly { readonly kind: string }[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const { kind } of of) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return counts
  }
  return { nodes: count(data.nodes), edges: count(data.edges) }
}
