import { revealed } from '../text/safe.ts'
import { many } from '../text/words.ts'
import type { Graph } from './model/graph.ts'
import { commonNeighbours, type Path, shortestPath } from './model/paths.ts'

/** A path or a set of common neighbours, by ids, so that it outlives a redrawn picture. */
export interface Found {
  readonly nodes: readonly string[]
  readonly edges: readonly string[]
  readonly says: string
}

const TWO = 'Select exactly two nodes first.'
/** What a person parted is no way: said, so that nobody takes silence for absence. */
const NOT_OVER = ' Links that a person decided against are not followed.'

function twoOf(graph: Graph, chosen: readonly string[]): readonly [number, number] | null {
  const [one, other, ...more] = chosen.flatMap((id) => graph.numberOf.get(id) ?? [])
  return one === undefined || other === undefined || more.length > 0 ? null : [one, other]
}

const inIds = (graph: Graph, { nodes, edges }: Path, says: string): Found => ({
  nodes: nodes.map((node) => graph.nodes[node]?.id ?? ''),
  edges: edges.map((edge) => graph.edges[edge]?.id ?? ''),
  says,
})

const nameOf = (graph: Graph, node: number): string => revealed(graph.nodes[node]?.label ?? '')

export function findPath(graph: Graph, chosen: readonly string[]): Found | string {
  const two = twoOf(graph, chosen)
  if (two === null) return TWO
  const path = shortestPath(graph, ...two)
  if (path === null) return `No path among what is shown.${NOT_OVER}`
  const way = path.nodes.map((node) => nameOf(graph, node)).join(' – ')
  return inIds(graph, path, `Shortest path among what is shown, ${many(path.edges.length, 'link')}: ${way}.`)
}

export function findCommon(graph: Graph, chosen: readonly string[]): Found | string {
  const two = twoOf(graph, chosen)
  if (two === null) return TWO
  const common = commonNeighbours(graph, ...two)
  if (common.nodes.length === 0) return `No common neighbours among what is shown.${NOT_OVER}`
  const names = common.nodes.slice(0, 12).map((node) => nameOf(graph, node))
  const more = common.nodes.length - names.length
  const told = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return inIds(graph, common, `${many(common.nodes.length, 'common neighbour')} among what is shown: ${told}.`)
}
