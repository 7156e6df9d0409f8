import { degreeOf, type Graph, linksOf } from './graph.ts'

interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
}

interface Direction {
  readonly x: number
  readonly y: number
}

/** How well a place lies in a direction: near and straight ahead is little; behind or beside is infinite. */
function effort(dx: number, dy: number, { x, y }: Direction): number {
  const ahead = dx * x + dy * y
  const aside = Math.abs(dx * y - dy * x)
  return ahead <= 0 || aside > ahead * 2 ? Infinity : ahead + aside * 2
}

/** The neighbour in a direction; where none lies there, the nearest node of all there; -1 for none. */
export function inDirection(graph: Graph, { x, y }: Places, from: number, to: Direction): number {
  const best = (among: Iterable<number>): number => {
    let [found, least] = [-1, Infinity]
    for (const node of among) {
      if (node === from) continue
      const cost = effort((x[node] ?? 0) - (x[from] ?? 0), (y[node] ?? 0) - (y[from] ?? 0), to)
      if (cost < least) [found, least] = [node, cost]
    }
    return found
  }
  const neighbour = best(linksOf(graph, from).map(({ node }) => node))
  return neighbour >= 0 ? neighbour : best(graph.nodes.keys())
}

/** Neighbours of a node in turn, clockwise from the top: every one is reached, wherever it lies. */
export function aroundOf(graph: Graph, { x, y }: Places, centre: number): number[] {
  const turn = (node: number): number => {
    const angle = Math.atan2((x[node] ?? 0) - (x[centre] ?? 0), (y[centre] ?? 0) - (y[node] ?? 0))
    return angle < 0 ? angle + 2 * Math.PI : angle
  }
  return [...new Set(linksOf(graph, centre).map(({ node }) => node))].sort((a, b) => turn(a) - turn(b) || a - b)
}

export function mostLinked(graph: Graph): number {
  let found = graph.nodes.length === 0 ? -1 : 0
  for (let node = 1; node < graph.nodes.length; node++) if (degreeOf(graph, node) > degreeOf(graph, found)) found = node
  return found
}
