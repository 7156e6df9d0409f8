import { painted } from '../model/label.ts'
import { edgeKinds, isDirected } from '../model/types.ts'
import { kindName } from '../model/words.ts'
import { signOf } from '../view/draw-links.ts'
import type { Look } from '../view/look.ts'
import { lines, shapeNumber, shapeOf } from '../view/shapes.ts'
import type { Content } from './content.ts'
import { xml } from './xml.ts'

const RADIUS = 8
const EDGE = 120
const BANNER = 34

const n = (value: number): string => String(Math.round(value * 10) / 10)

/** The whole chart as it is arranged, with its marking above and below, every title in full, and its legend in words. */
export function chartSvg(content: Content, look: Look): string {
  const { marking, nodes, edges, leftOut } = content
  const [left, right] = extent(nodes.map(({ x }) => x))
  const [top, bottom] = extent(nodes.map(({ y }) => y))
  const [x0, y0] = [left - EDGE, top - EDGE - BANNER]
  const [width, height] = [Math.max(480, right - left + 2 * EDGE), bottom - top + 2 * EDGE + 2 * BANNER]
  const placeOf = new Map(nodes.map((node) => [node.id, node]))
  const banner = (y: number): string =>
    `<text x="${n(x0 + width / 2)}" y="${n(y)}" text-anchor="middle" font-weight="700" font-size="14" fill="${look.text}">${xml(marking)}</text>`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(x0)} ${n(y0)} ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" font-family="${xml(look.font)}" font-size="12">`,
    `<title>${xml(`Link chart, ${nodes.length} nodes, ${edges.length} links. ${marking}`)}</title>`,
    `<desc>${xml([`Marking: ${marking}`, ...leftOut, legendOf(content)].join('. '))}</desc>`,
    `<rect x="${n(x0)}" y="${n(y0)}" width="${n(width)}" height="${n(height)}" fill="${look.ground}"/>`,
    banner(y0 + 22),
    banner(y0 + height - 12),
    '<g fill="none">',
    ...edges.map((edge) => {
      const [a, b] = [placeOf.get(edge.from), placeOf.get(edge.to)]
      return a === undefined || b === undefined ? '' : linkOf(edge, a, b, look)
    }),
    '</g>',
    ...nodes.map((node) => nodeOf(node, look)),
    '</svg>',
    '',
  ].join('\n')
}

function extent(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 0]
  return values.reduce<readonly [number, number]>(
    ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
    [Infinity, -Infinity],
  )
}

function linkOf(edge: Content['edges'][number], a: Content['nodes'][number], b: Content['nodes'][number], look: Look) {
  const line = lines[edge.kind]
  const colour = look.edges[edgeKinds.indexOf(edge.kind)] ?? look.dim
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const back = RADIUS * shapeOf(b.kind).size + 3
  const [tx, ty] = [b.x - ux * back, b.y - uy * back]
  const arrow = isDirected(edge.kind)
    ? `M${n(tx - ux * 7 - uy * 4)} ${n(ty - uy * 7 + ux * 4)}L${n(tx)} ${n(ty)}L${n(tx - ux * 7 + uy * 4)} ${n(ty - uy * 7 - ux * 4)}`
    : ''
  const [mx, my] = [(a.x + b.x) / 2, (a.y + b.y) / 2]
  const sign =
    edge.decided === undefined
      ? ''
      : signOf(edge.decided, ux, uy)
          .map(([x, y]) => `M${n(mx - x * 6)} ${n(my - y * 6)}L${n(mx + x * 6)} ${n(my + y * 6)}`)
          .join('')
  const dashes = line.dashes.length === 0 ? '' : ` stroke-dasharray="${line.dashes.join(' ')}"`
  return [
    `<g stroke="${colour}" stroke-width="${line.width}">`,
    `<title>${xml(`${kindName(edge.kind)}: ${edge.label}${edge.decided === undefined ? '' : ` (${kindName(edge.decided)})`}`)}</title>`,
    `<path d="M${n(a.x)} ${n(a.y)}L${n(b.x)} ${n(b.y)}"${dashes}/>`,
    arrow === '' ? '' : `<path d="${arrow}"/>`,
    sign === '' ? '' : `<path d="${sign}" stroke="${look.text}" stroke-width="2"/>`,
    '</g>',
  ].join('')
}

function nodeOf(node: Content['nodes'][number], look: Look): string {
  const shape = shapeOf(node.kind)
  const colour = look.nodes[shapeNumber(node.kind)] ?? look.text
  const radius = RADIUS * shape.size
  const hidden = node.hidden > 0 ? ` +${node.hidden}` : ''
  return [
    `<g><title>${xml(`${kindName(node.kind)}: ${node.label}${node.hidden > 0 ? ` (${node.hidden} neighbours not shown)` : ''}`)}</title>`,
    shapeSvg(node.kind, node.x, node.y, radius, colour),
    `<text x="${n(node.x)}" y="${n(node.y + radius + 14)}" text-anchor="middle" direction="ltr" fill="${look.text}">${xml(painted(node.label) + hidden)}</text>`,
    '</g>',
  ].join('')
}

/** One shape as SVG, for the export and for the legend. */
export function shapeSvg(kind: string, x: number, y: number, radius: number, colour: string): string {
  const shape = shapeOf(kind)
  const ring =
    shape.ring === true
      ? `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius + 3)}" fill="none" stroke="${colour}" stroke-width="1.5"/>`
      : ''
  if (shape.corners === 'circle') return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${colour}"/>${ring}`
  return `<polygon points="${cornersOf(kind, x, y, radius)}" fill="${colour}"/>${ring}`
}

export function cornersOf(kind: string, x: number, y: number, radius: number): string {
  const { corners } = shapeOf(kind)
  if (corners === 'circle') return ''
  return corners.map((corner, at) => n((at % 2 === 0 ? x : y) + corner * radius)).join(' ')
}

function legendOf({ nodes, edges }: Content): string {
  const nodeKinds = [...new Set(nodes.map(({ kind }) => kind))].map((kind) => `${kindName(kind)} ${shapeOf(kind).says}`)
  const linkKinds = [...new Set(edges.map(({ kind }) => kind))].map((kind) => `${kindName(kind)} ${lines[kind].says}`)
  return `Legend: ${[...nodeKinds, ...linkKinds].join(', ')}`
}
