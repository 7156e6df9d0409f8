/**
 * Edges on a simple way from one end of `closing` to the other: those that lie in one biconnected component with it once
 * it is drawn in (Hopcroft and Tarjan 1973). Numbers of edges, rising. Empty: no way leads from one to the other.
 */
export function onCycleWith(
  nodes: number,
  edges: readonly (readonly [number, number])[],
  closing: readonly [number, number],
): number[] {
  const all = [...edges, closing]
  const last = edges.length
  const around: number[][] = Array.from({ length: nodes }, () => [])
  all.forEach(([one, other], edge) => {
    around[one]?.push(edge)
    around[other]?.push(edge)
  })
  const depth = new Int32Array(nodes).fill(-1)
  const low = new Int32Array(nodes)
  const next = new Int32Array(nodes)
  const by = new Int32Array(nodes).fill(-1)
  const open: number[] = []
  const way = [closing[0]]
  depth[closing[0]] = 0
  for (let node = way.at(-1); node !== undefined; node = way.at(-1)) {
    const edge = around[node]?.[next[node] ?? 0]
    if (edge === undefined) {
      way.pop()
      const above = way.at(-1)
      if (above === undefined) break
      low[above] = Math.min(low[above] ?? 0, low[node] ?? 0)
      if ((low[node] ?? 0) < (depth[above] ?? 0)) continue
      // `above` parts this component from the rest.
      const component: number[] = []
      for (let popped = open.pop(); popped !== undefined; popped = open.pop()) {
        component.push(popped)
        if (popped === by[node]) break
      }
      if (component.includes(last)) return component.filter((each) => each !== last).sort((a, b) => a - b)
      continue
    }
    next[node] = (next[node] ?? 0) + 1
    if (edge === by[node]) continue
    const [one, other] = all[edge] ?? [node, node]
    const to = one === node ? other : one
    if ((depth[to] ?? 0) < 0) {
      open.push(edge)
      by[to] = edge
      depth[to] = (depth[node] ?? 0) + 1
      low[to] = depth[to] ?? 0
      way.push(to)
    } else if ((depth[to] ?? 0) < (depth[node] ?? 0)) {
      open.push(edge)
      low[node] = Math.min(low[node] ?? 0, depth[to] ?? 0)
    }
  }
  return []
}
