import { degreesOf, type Graph } from './csr.ts'

/** Newman and Girvan 2004: edges inside communities, beyond what chance would give. */
export function modularity(graph: Graph, communities: ArrayLike<number>, resolution = 1): number {
  const { nodes, starts, neighbours, weights } = graph
  const degrees = degreesOf(graph)
  const total = degrees.reduce((sum, degree) => sum + degree, 0)
  if (total === 0) return 0
  const of = new Float64Array(nodes)
  let inside = 0
  for (let node = 0; node < nodes; node++) {
    const community = communities[node] ?? 0
    of[community] = (of[community] ?? 0) + (degrees[node] ?? 0)
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const to = neighbours[at] ?? 0
      if (communities[to] === community) inside += (weights[at] ?? 0) * (to === node ? 2 : 1)
    }
  }
  return inside / total - of.reduce((sum, degree) => sum + resolution * (degree / total) ** 2, 0)
}
