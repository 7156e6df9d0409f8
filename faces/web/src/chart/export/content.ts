import type { Graph } from '../model/graph.ts'
import type { ShownEdge, ShownNode } from '../model/types.ts'

/** What leaves: exactly what is shown, with the marking, and what was left out of it. */
export interface Content {
  readonly marking: string
  readonly nodes: readonly (ShownNode & { readonly x: number; readonly y: number })[]
  readonly edges: readonly ShownEdge[]
  /** In words: kinds switched off, links not drawn, neighbours not shown. */
  readonly leftOut: readonly string[]
}

export function contentOf(
  graph: Graph,
  x: Float64Array,
  y: Float64Array,
  marking: string,
  filteredKinds: readonly string[],
): Content {
  const hidden = graph.nodes.reduce((sum, node) => sum + node.hidden, 0)
  const folded = graph.nodes.reduce((sum, node) => sum + (node.members?.length ?? 0), 0)
  return {
    marking,
    nodes: graph.nodes.map((node, at) => ({ ...node, x: x[at] ?? 0, y: y[at] ?? 0 })),
    edges: graph.edges,
    leftOut: [
      ...(hidden > 0 ? [`${hidden} neighbours are not shown`] : []),
      ...(folded > 0 ? [`${folded} nodes are folded into groups`] : []),
      ...(filteredKinds.length > 0 ? [`switched off: ${filteredKinds.join(', ')}`] : []),
      ...(graph.setAside.length > 0 ? [`${graph.setAside.length} entries could not be drawn`] : []),
    ],
  }
}
