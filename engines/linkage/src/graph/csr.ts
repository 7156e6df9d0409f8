/** An undirected weighted graph in compressed rows: neighbours of node n from `starts[n]` to `starts[n + 1]`. */
export interface Graph {
  readonly nodes: number
  readonly starts: Int32Array
  readonly neighbours: Int32Array
  readonly weights: Float64Array
}

/** Edges given twice count twice; a node's edge to itself stands once in its row. Neighbours rise within a row. */
export function graphOf(
  nodes: number,
  ones: ArrayLike<number>,
  others: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Graph {
  const starts = new Int32Array(nodes + 1)
  for (let edge = 0; edge < ones.length; edge++) {
    const [one, other] = [ones[edge] ?? 0, others[edge] ?? 0]
    starts[one + 1] = (starts[one + 1] ?? 0) + 1
    if (one !== other) starts[other + 1] = (starts[other + 1] ?? 0) + 1
  }
  for (let node = 0; node < nodes; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  const total = starts[nodes] ?? 0
  const half = { neighbours: new Int32Array(total), weights: new Float64Array(total) }
  const next = starts.slice(0, nodes)
  const put = (from: number, to: number, weight: number): void => {
    const at = next[from] ?? 0
    next[from] = at + 1
    half.neighbours[at] = to
    half.weights[at] = weight
  }
  for (let edge = 0; edge < ones.length; edge++) {
    const [one, other, weight] = [ones[edge] ?? 0, others[edge] ?? 0, weights?.[edge] ?? 1]
    put(one, other, weight)
    if (one !== other) put(other, one, weight)
  }
  // Turning the graph round row by row sorts each row, for an undirected graph is its own reverse.
  const graph = { nodes, starts, neighbours: new Int32Array(total), weights: new Float64Array(total) }
  next.set(starts.subarray(0, nodes))
  for (let node = 0; node < nodes; node++) {
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const to = half.neighbours[at] ?? 0
      const place = next[to] ?? 0
      next[to] = place + 1
      graph.neighbours[place] = node
      graph.weights[place] = half.weights[at] ?? 0
    }
  }
  return graph
}

/** Sum of the weights at each node; an edge to itself counts twice, as is usual for modularity. */
export function degreesOf({ nodes, starts, neighbours, weights }: Graph): Float64Array {
  const degrees = new Float64Array(nodes)
  for (let node = 0; node < nodes; node++) {
    let sum = 0
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++)
      sum += (weights[at] ?? 0) * (neighbours[at] === node ? 2 : 1)
    degrees[node] = sum
  }
  return degrees
}
