import { degreesOf, graphOf, leiden, modularity, nearNodes, UnionFind } from '@tandem/linkage'

const nodes = 400_000
const edges = 1_000_000
const community = 40

/** Planted groups of 40: four of five edges stay within. Beside: what other tools took on such a graph for the design. */
export function benchGraph(): void {
  let state = 2463534242
  const below = (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
  const [ones, others] = [new Int32Array(edges), new Int32Array(edges)]
  for (let edge = 0; edge < edges; edge++) {
    const one = below(nodes)
    ones[edge] = one
    others[edge] = below(8) < 7 ? one - (one % community) + below(community) : below(nodes)
  }
  console.log(`\ngraph of ${nodes} nodes and ${edges} edges, CPU s (aim; best peer)`)
  const { value: graph } = timed('rows', '; igraph 0.7', () => graphOf(nodes, ones, others))
  const degrees = degreesOf(graph)
  timed('components', '0.025; networkit 0.05', () => {
    const sets = new UnionFind(nodes)
    for (let edge = 0; edge < edges; edge++) sets.join(ones[edge] ?? 0, others[edge] ?? 0)
    return sets
  })
  timed(
    'who is near, mean of 100',
    '0.005; igraph 0.73 for all',
    () => {
      for (let start = 0; start < 100; start++) nearNodes(graph, start * 4000, { error: 1e-5, degrees })
    },
    100,
  )
  const { value: found } = timed('communities (Leiden)', '3; igraph 2.5', () => leiden(graph, { passes: 1 }))
  console.log(
    `  modularity ${modularity(graph, found.of).toFixed(3)} of ${found.count} communities (planted: ${modularity(
      graph,
      Int32Array.from({ length: nodes }, (_, node) => Math.floor(node / community)),
    ).toFixed(3)})`,
  )
}

function timed<T>(name: string, peers: string, run: () => T, times = 1): { readonly value: T } {
  const before = process.cpuUsage()
  const value = run()
  const { user, system } = process.cpuUsage(before)
  console.log(`  ${name.padEnd(28)} ${((user + system) / 1e6 / times).toFixed(4)} (${peers})`)
  return { value }
}
