import { degreeOf, type Graph } from '../model/graph.ts'
import { painted } from '../model/label.ts'
import { edgeKinds } from '../model/types.ts'
import { shapeNames, shapeNumber, shapes } from './shapes.ts'

/** What is drawn, sorted once so that each frame only walks through it: links and nodes by style, labels by weight. */
export interface Scene {
  readonly graph: Graph
  readonly x: Float64Array
  readonly y: Float64Array
  /** Numbers of links, those of one style together; `edgeStart[s]` is where style `s` begins. */
  readonly edgeOrder: Int32Array
  readonly edgeStart: Int32Array
  readonly nodeOrder: Int32Array
  readonly nodeStart: Int32Array
  readonly sizes: Float64Array
  readonly labels: readonly string[]
  readonly labelOrder: Int32Array
  /** Width of each painted label in pixels, once it was measured; else NaN. */
  readonly labelWidths: Float64Array
  readonly dimmed: Uint8Array
}

/** Styles come in pairs: as they are, and dimmed. */
export const edgeStyles = edgeKinds.length
export const nodeStyles = shapeNames.length

export function sceneOf(graph: Graph, x: Float64Array, y: Float64Array, dimmedIds: ReadonlySet<string>): Scene {
  const count = graph.nodes.length
  const dimmed = Uint8Array.from(graph.nodes, (node) => (isDimmed(node.id, node.members, dimmedIds) ? 1 : 0))
  const nodeStyle = Int32Array.from(graph.nodes, ({ kind }, at) => shapeNumber(kind) + (dimmed[at] ?? 0) * nodeStyles)
  const edgeStyle = Int32Array.from(graph.edges, (edge, at) => {
    const dim =
      isDimmed(edge.id, edge.members, dimmedIds) || dimmed[graph.from[at] ?? 0] === 1 || dimmed[graph.to[at] ?? 0] === 1
    return edgeKinds.indexOf(edge.kind) + (dim ? edgeStyles : 0)
  })
  const [edgeOrder, edgeStart] = sorted(edgeStyle, edgeStyles * 2)
  const [nodeOrder, nodeStart] = sorted(nodeStyle, nodeStyles * 2)
  const weight = (node: number): number => weightOf(graph, node) - (dimmed[node] === 1 ? 1_000_000 : 0)
  const labelOrder = Int32Array.from({ length: count }, (_, node) => node).sort(
    (a, b) => weight(b) - weight(a) || a - b,
  )
  return {
    graph,
    x,
    y,
    edgeOrder,
    edgeStart,
    nodeOrder,
    nodeStart,
    sizes: Float64Array.from(graph.nodes, ({ kind }) => shapes[shapeNames[shapeNumber(kind)] ?? 'other'].size),
    labels: graph.nodes.map(({ label }) => painted(label)),
    labelOrder,
    labelWidths: new Float64Array(count).fill(Number.NaN),
    dimmed,
  }
}

/** Subjects and groups are named first, then what has most links. */
function weightOf(graph: Graph, node: number): number {
  const kind = graph.nodes[node]?.kind
  return degreeOf(graph, node) + (kind === 'subject' ? 100_000 : kind === 'group' ? 50_000 : 0)
}

/** A group is dimmed when all its members are. */
const isDimmed = (id: string, members: readonly string[] | undefined, dimmed: ReadonlySet<string>): boolean =>
  dimmed.size > 0 && (members === undefined ? dimmed.has(id) : members.every((each) => dimmed.has(each)))

function sorted(style: Int32Array, styles: number): readonly [order: Int32Array, start: Int32Array] {
  const start = new Int32Array(styles + 1)
  for (const each of style) start[each + 1] = (start[each + 1] ?? 0) + 1
  for (let at = 1; at <= styles; at++) start[at] = (start[at] ?? 0) + (start[at - 1] ?? 0)
  const next = start.slice()
  const order = new Int32Array(style.length)
  style.forEach((each, number) => {
    const at = next[each] ?? 0
    next[each] = at + 1
    order[at] = number
  })
  return [order, start]
}
