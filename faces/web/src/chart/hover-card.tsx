import { Safe } from '../text/safe-text.tsx'
import { many } from '../text/words.ts'
import { degreeOf, type Graph } from './model/graph.ts'
import { isDirected, type ShownEdge } from './model/types.ts'
import { kindName } from './model/words.ts'
import type { Point } from './view/camera.ts'

export interface Hovered {
  readonly node: number
  readonly edge: number
  readonly at: Point
}

/** What is under the pointer, in words. The same stands in the card of a node, for the keyboard. */
export function HoverCard({ of, graph, width }: { of: Hovered; graph: Graph; width: number }) {
  const edge = graph.edges[of.edge]
  const isRight = of.at.x > width / 2
  return (
    <div
      className="chart-hover"
      aria-hidden="true"
      style={{
        top: of.at.y + 14,
        ...(isRight ? { right: width - of.at.x + 14 } : { left: of.at.x + 14 }),
      }}
    >
      {edge === undefined ? <NodeLines graph={graph} node={of.node} /> : <EdgeLines graph={graph} edge={edge} />}
    </div>
  )
}

export function NodeLines({ graph, node }: { graph: Graph; node: number }) {
  const of = graph.nodes[node]
  if (of === undefined) return null
  return (
    <>
      <p className="chart-hover-kind">{kindName(of.kind)}</p>
      <p className="chart-hover-label">
        <Safe text={of.label} />
      </p>
      <p className="dim">
        {many(degreeOf(graph, node), 'link')} shown, {many(of.hidden, 'neighbour')} not shown
        {of.members === undefined ? '' : `, ${of.members.length} in this group`}
      </p>
      {of.standing === undefined ? null : (
        <p>
          Standing: <Safe text={of.standing} />
        </p>
      )}
    </>
  )
}

function EdgeLines({ graph, edge }: { graph: Graph; edge: ShownEdge }) {
  const nameOf = (id: string): string => graph.nodes[graph.numberOf.get(id) ?? -1]?.label ?? id
  return (
    <>
      <p className="chart-hover-kind">{kindName(edge.kind)}</p>
      <p className="chart-hover-label">
        <Safe text={edge.label} />
      </p>
      <p className="dim">
        <Safe text={nameOf(edge.from)} /> {isDirected(edge.kind) ? '→' : '–'} <Safe text={nameOf(edge.to)} />
        {edge.weight === undefined ? '' : `, weight ${edge.weight}`}
      </p>
      {edge.decided === undefined ? null : <p>{kindName(edge.decided)}</p>}
    </>
  )
}
