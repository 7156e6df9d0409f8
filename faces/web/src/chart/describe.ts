import { revealed } from '../text/safe.ts'
import { many } from '../text/words.ts'
import { degreeOf, type Graph, linksOf } from './model/graph.ts'
import { kindName } from './model/words.ts'

/** A node for ears: what it is, how it is linked, how it was reached. */
export function describeNode(
  graph: Graph,
  node: number,
  { selected, pinned, cameFrom }: { selected: boolean; pinned: boolean; cameFrom: number },
): string {
  const of = graph.nodes[node]
  if (of === undefined) return ''
  const reached = linksOf(graph, node).find((link) => link.node === cameFrom)
  const over = reached === undefined ? undefined : graph.edges[reached.edge]
  return [
    `${kindName(of.kind)} ${revealed(of.label)}`,
    many(degreeOf(graph, node), 'link'),
    ...(of.hidden > 0 ? [`${many(of.hidden, 'neighbour')} not shown`] : []),
    ...(of.members === undefined ? [] : [`a group of ${of.members.length}`]),
    ...(of.standing === undefined ? [] : [revealed(of.standing)]),
    ...(selected ? ['selected'] : []),
    ...(pinned ? ['pinned'] : []),
    ...(over === undefined ? [] : [`reached over ${kindName(over.kind)}: ${revealed(over.label)}`]),
  ].join(', ')
}
