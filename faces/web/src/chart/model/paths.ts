import { type Graph, linksOf } from './graph.ts'

export interface Path {
  readonly nodes: readonly number[]
  readonly edges: readonly number[]
}

/** A person decided that these two are not the same: no way leads over that link. */
const leadsOn = (graph: Graph, edge: number): boolean => graph.edges[edge]?.decided !== 'cannot-link'

/** The fewest links from one node to another among what is shown, or none. Of several ways the first in the data. */
export function shortestPath(graph: Graph, start: number, end: number): Path | null {
  const cameFrom = new Int32Array(graph.nodes.length).fill(-1)
  const cameOver = new Int32Array(graph.nodes.length).fill(-1)
  cameFrom[start] = start
  const queue = [start]
  for (let at = 0; at < queue.length && cameFrom[end] === -1; at++) {
    const here = queue[at] ?? 0
    for (const { node, edge } of linksOf(graph, here)) {
      if (cameFrom[node] !== -1 || !leadsOn(graph, edge)) continue
      cameFrom[node] = here
      cameOver[node] = edge
      queue.push(node)
    }
  }
  if (cameFrom[end] === -1) return null
  const nodes = [end]
  const edges: number[] = []
  for (let here = end; here !== start; here = cameFrom[here] ?? start) {
    edges.push(cameOver[here] ?? 0)
    nodes.push(cameFrom[here] ?? start)
  }
  return { nodes: nodes.reverse(), edges: edges.reverse() }
}

/** Nodes with a link to both, and those links. */
export function commonNeighbours(graph: Graph, one: number, other: number): Path {
  const ofOne = linksOf(graph, one).filter(({ edge }) => leadsOn(graph, edge))
  const ofOther = linksOf(graph, other).filter(({ edge }) => leadsOn(graph, edge))
  const others = new Set(ofOther.map(({ node }) => node))
  const both = new Set(ofOne.map(({ node }) => node).filter((node) => others.has(node)))
  const edges = [...ofOne, ...ofOther].filter(({ node }) => both.has(node)).map(({ edge }) => edge)
  return { nodes: [...both].sort((a, b) => a - b), edges: [...new Set(edges)].sort((a, b) => a - b) }
}
