import { degreesOf, type Graph } from './csr.ts'

/**
 * Who is near a node: personalised PageRank by local push (Andersen, Chung and Lang 2006). Only the neighbourhood is
 * touched; every score is too low by less than `error` times the weighted degree of its node. Nodes by falling score.
 */
export function nearNodes(
  graph: Graph,
  start: number,
  options: { readonly back?: number; readonly error?: number; readonly degrees?: Float64Array } = {},
): { readonly node: number; readonly score: number }[] {
  const { back = 0.15, error = 1e-6, degrees = degreesOf(graph) } = options
  const { starts, neighbours, weights } = graph
  const scores = new Map<number, number>()
  const rest = new Map([[start, 1]])
  const open = [start]
  const waiting = new Set(open)
  for (let at = 0; at < open.length; at++) {
    const node = open[at] ?? 0
    waiting.delete(node)
    const amount = rest.get(node) ?? 0
    const degree = degrees[node] ?? 0
    rest.set(node, 0)
    // Whoever has no neighbour stays where he is.
    scores.set(node, (scores.get(node) ?? 0) + (degree === 0 ? amount : back * amount))
    if (degree === 0) continue
    const share = ((1 - back) * amount) / degree
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
      const to = neighbours[edge] ?? 0
      const now = (rest.get(to) ?? 0) + share * (weights[edge] ?? 0) * (to === node ? 2 : 1)
      rest.set(to, now)
      if (now < error * (degrees[to] ?? 0) || waiting.has(to)) continue
      waiting.add(to)
      open.push(to)
    }
  }
  return [...scores].map(([node, score]) => ({ node, score })).sort((a, b) => b.score - a.score || a.node - b.node)
}
