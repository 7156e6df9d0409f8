import { revealed } from '../../text/safe.ts'
import type { Content } from './content.ts'

/**
 * OWASP, CSV injection: a cell that a spreadsheet would run gets an apostrophe in front; so does one that begins with an
 * apostrophe, so that it can be taken away again. Spaces, quotes and full-width signs do not hide a formula.
 */
const risky = /^(?:'|[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/

export const guardCell = (text: string): string => (risky.test(text) ? `'${text}` : text)
export const unguardCell = (text: string): string => (text.startsWith("'") ? text.slice(1) : text)

/** RFC 4180, every cell quoted; unseen and turning characters as codes, so that no cell has two lines. */
const row = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${guardCell(revealed(cell)).replaceAll('"', '""')}"`).join(',')}\r\n`

export const csvColumns = [
  'record',
  'id',
  'kind',
  'label or reason',
  'from',
  'to',
  'weight',
  'decided',
  'hidden neighbours',
  'group',
  'standing',
  'members',
  'x',
  'y',
] as const

export function chartCsv({ marking, nodes, edges, leftOut }: Content): string {
  const head = [['marking', marking], ...leftOut.map((line) => ['left out', line]), [...csvColumns]]
  const ofNodes = nodes.map((node) => [
    'node',
    node.id,
    node.kind,
    node.label,
    '',
    '',
    '',
    '',
    String(node.hidden),
    node.group ?? '',
    node.standing ?? '',
    (node.members ?? []).join(' '),
    node.x.toFixed(1),
    node.y.toFixed(1),
  ])
  const ofEdges = edges.map((edge) => [
    'link',
    edge.id,
    edge.kind,
    edge.label,
    edge.from,
    edge.to,
    edge.weight === undefined ? '' : String(edge.weight),
    edge.decided ?? '',
    '',
    '',
    '',
    (edge.members ?? []).join(' '),
    '',
    '',
  ])
  return [...head, ...ofNodes, ...ofEdges].map(row).join('')
}
