import type { Shown, ShownEdge, ShownNode } from './types.ts'

/** What the data holds and the picture cannot: told, never dropped unseen. */
export interface SetAside {
  readonly id: string
  readonly why: string
}

/** Nodes and links by number, with the links of each node in one array (compressed sparse rows). */
export interface Graph {
  readonly nodes: readonly ShownNode[]
  readonly edges: readonly ShownEdge[]
  readonly numberOf: ReadonlyMap<string, number>
  readonly from: Int32Array
  readonly to: Int32Array
  /** The links of node `n` are at `offset[n]` up to `offset[n + 1]` in `neighbour` and `link`. */
  readonly offset: Int32Array
  readonly neighbour: Int32Array
  readonly link: Int32Array
  readonly setAside: readonly SetAside[]
}

export function graphOf(shown: Shown): Graph {
  const setAside: SetAside[] = []
  const numberOf = new Map<string, number>()
  const nodes = shown.nodes.filter((node) => {
    if (numberOf.has(node.id)) {
      setAside.push({ id: node.id, why: 'a second node under the same id' })
      return false
    }
    numberOf.set(node.id, numberOf.size)
    return true
  })
  const seen = new Set<string>()
  const edges = shown.edges.filter((edge) => {
    const why = whyNotDrawn(edge, numberOf, seen)
    if (why !== null) setAside.push({ id: edge.id, why })
    seen.add(edge.id)
    return why === null
  })
  const from = Int32Array.from(edges, (edge) => numberOf.get(edge.from) ?? 0)
  const to = Int32Array.from(edges, (edge) => numberOf.get(edge.to) ?? 0)
  return { nodes, edges, numberOf, from, to, setAside, ...rowsOf(nodes.length, from, to) }
}

function whyNotDrawn(edge: ShownEdge, known: ReadonlyMap<string, number>, seen: ReadonlySet<string>): string | null {
  if (seen.has(edge.id)) return 'a second link under the same id'
  if (edge.from === edge.to) return 'a link of a node to itself'
  if (!known.has(edge.from) || !known.has(edge.to)) return 'one of its ends is not shown'
  return null
}

function rowsOf(count: number, from: Int32Array, to: Int32Array) {
  const offset = new Int32Array(count + 1)
  for (const ends of [from, to]) for (const node of ends) offset[node + 1] = (offset[node + 1] ?? 0) + 1
  for (let node = 0; node < count; node++) offset[node + 1] = (offset[node + 1] ?? 0) + (offset[node] ?? 0)
  const next = offset.slice()
  const neighbour = new Int32Array(from.length * 2)
  const link = new Int32Array(from.length * 2)
  const add = (node: number, other: number, edge: number): void => {
    const at = next[node] ?? 0
    next[node] = at + 1
    neighbour[at] = other
    link[at] = edge
  }
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b] = [from[edge] ?? 0, to[edge] ?? 0]
    add(a, b, edge)
    add(b, a, edge)
  }
  return { offset, neighbour, link }
}

export const degreeOf = (graph: Graph, node: number): number =>
  (graph.offset[node + 1] ?? 0) - (graph.offset[node] ?? 0)

/** Each link of a node with the node at its other end, in the order of the data. */
export function linksOf(graph: Graph, node: number): { readonly node: number; readonly edge: number }[] {
  const found: { node: number; edge: number }[] = []
  for (let at = graph.offset[node] ?? 0; at < (graph.offset[node + 1] ?? 0); at++) {
    found.push({ node: graph.neighbour[at] ?? 0, edge: graph.link[at] ?? 0 })
  }
  return found
}
