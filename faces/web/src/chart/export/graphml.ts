import { isDirected } from '../model/types.ts'
import type { Content } from './content.ts'
import { xml } from './xml.ts'

type Cell = readonly [key: string, value: string | number | undefined]

const keys: readonly (readonly [id: string, of: 'node' | 'edge' | 'graph', type: string])[] = [
  ['marking', 'graph', 'string'],
  ['left-out', 'graph', 'string'],
  ['kind', 'node', 'string'],
  ['label', 'node', 'string'],
  ['hidden', 'node', 'int'],
  ['group', 'node', 'string'],
  ['standing', 'node', 'string'],
  ['members', 'node', 'string'],
  ['x', 'node', 'double'],
  ['y', 'node', 'double'],
  ['link-kind', 'edge', 'string'],
  ['reason', 'edge', 'string'],
  ['weight', 'edge', 'double'],
  ['decided', 'edge', 'string'],
  ['link-members', 'edge', 'string'],
]

const data = (cells: readonly Cell[]): string =>
  cells
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `<data key="${key}">${xml(String(value))}</data>`)
    .join('')

/** GraphML as graphml.graphdrawing.org/primer describes it; readable by Gephi, yEd, NetworkX and others. */
export function chartGraphml({ marking, nodes, edges, leftOut }: Content): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([id, of, type]) => `<key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`),
    '<graph id="chart" edgedefault="undirected">',
    data([
      ['marking', marking],
      ['left-out', leftOut.join('; ')],
    ]),
    ...nodes.map(
      (node) =>
        `<node id="${xml(node.id)}">${data([
          ['kind', node.kind],
          ['label', node.label],
          ['hidden', node.hidden],
          ['group', node.group],
          ['standing', node.standing],
          ['members', node.members?.join(' ')],
          ['x', node.x.toFixed(1)],
          ['y', node.y.toFixed(1)],
        ])}</node>`,
    ),
    ...edges.map(
      (edge) =>
        `<edge id="${xml(edge.id)}" source="${xml(edge.from)}" target="${xml(edge.to)}" directed="${isDirected(edge.kind)}">${data(
          [
            ['link-kind', edge.kind],
            ['reason', edge.label],
            ['weight', edge.weight],
            ['decided', edge.decided],
            ['link-members', edge.members?.join(' ')],
          ],
        )}</edge>`,
    ),
    '</graph>',
    '</graphml>',
    '',
  ].join('\n')
}
