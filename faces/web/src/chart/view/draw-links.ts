import { edgeKinds, isDirected } from '../model/types.ts'
import type { Frame } from './frame.ts'
import { edgeStyles, type Scene } from './scene.ts'
import { lines } from './shapes.ts'

/** Dashes and arrows cost much and tell nothing where thousands of links cross: then links are plain lines. */
export const FINE_LINKS = 2_000
/** One path of ten thousand lines is slower than many short ones: the raster has to sort all of it. */
const BATCH = 400

/** Links in sight, one path for each colour. Gives how many there were. */
export function drawLinks(scene: Scene, frame: Frame): number {
  const { context, look } = frame
  const inSight = linksInSight(scene, frame)
  const fine = inSight.length / 5 <= FINE_LINKS
  for (let at = 0; at < inSight.length; ) {
    const style = inSight[at] ?? 0
    const dim = style >= edgeStyles
    const kind = edgeKinds[style % edgeStyles] ?? 'contact'
    const line = lines[kind]
    context.strokeStyle = look.edges[style % edgeStyles] ?? look.dim
    context.globalAlpha = dim ? 0.18 : fine ? 0.9 : 0.55
    context.lineWidth = fine ? line.width : 1
    context.setLineDash(fine ? [...line.dashes] : [])
    context.beginPath()
    let batched = 0
    for (; at < inSight.length && inSight[at] === style && batched < BATCH; at += 5, batched++) {
      context.moveTo(inSight[at + 1] ?? 0, inSight[at + 2] ?? 0)
      context.lineTo(inSight[at + 3] ?? 0, inSight[at + 4] ?? 0)
    }
    context.stroke()
  }
  context.setLineDash([])
  context.globalAlpha = 1
  if (fine) drawSigns(scene, frame)
  return inSight.length / 5
}

/** Style and both ends of each link that crosses the picture, in the order of styles. */
function linksInSight(scene: Scene, frame: Frame): Float64Array {
  const { graph, x, y, edgeOrder, edgeStart } = scene
  const { left, top, right, bottom, scale, shiftX, shiftY } = frame
  const found = new Float64Array(edgeOrder.length * 5)
  let length = 0
  // Dimmed links come first: what counts lies above them.
  for (const half of [1, 0]) {
    for (let kind = 0; kind < edgeStyles; kind++) {
      const style = kind + half * edgeStyles
      for (let at = edgeStart[style] ?? 0; at < (edgeStart[style + 1] ?? 0); at++) {
        const edge = edgeOrder[at] ?? 0
        const [a, b] = [graph.from[edge] ?? 0, graph.to[edge] ?? 0]
        const [ax, ay, bx, by] = [x[a] ?? 0, y[a] ?? 0, x[b] ?? 0, y[b] ?? 0]
        if ((ax < left && bx < left) || (ax > right && bx > right)) continue
        if ((ay < top && by < top) || (ay > bottom && by > bottom)) continue
        found[length] = style
        found[length + 1] = ax * scale + shiftX
        found[length + 2] = ay * scale + shiftY
        found[length + 3] = bx * scale + shiftX
        found[length + 4] = by * scale + shiftY
        length += 5
      }
    }
  }
  return found.subarray(0, length)
}

/** Arrows where a link has a direction, a bar where a person joined, a cross where a person parted. */
function drawSigns(scene: Scene, frame: Frame): void {
  const { graph, x, y, sizes } = scene
  const { context, look, scale, shiftX, shiftY, radius } = frame
  graph.edges.forEach((edge, number) => {
    const directed = isDirected(edge.kind)
    if (!directed && edge.decided === undefined) return
    const [a, b] = [graph.from[number] ?? 0, graph.to[number] ?? 0]
    const [ax, ay] = [(x[a] ?? 0) * scale + shiftX, (y[a] ?? 0) * scale + shiftY]
    const [bx, by] = [(x[b] ?? 0) * scale + shiftX, (y[b] ?? 0) * scale + shiftY]
    const length = Math.hypot(bx - ax, by - ay)
    if (length < 14) return
    const [ux, uy] = [(bx - ax) / length, (by - ay) / length]
    context.strokeStyle = look.edges[edgeKinds.indexOf(edge.kind)] ?? look.dim
    context.lineWidth = 1.5
    if (directed) {
      const back = radius * (sizes[b] ?? 1) + 3
      const [tx, ty] = [bx - ux * back, by - uy * back]
      context.beginPath()
      context.moveTo(tx - ux * 7 - uy * 4, ty - uy * 7 + ux * 4)
      context.lineTo(tx, ty)
      context.lineTo(tx - ux * 7 + uy * 4, ty - uy * 7 - ux * 4)
      context.stroke()
    }
    if (edge.decided === undefined) return
    const [mx, my] = [(ax + bx) / 2, (ay + by) / 2]
    context.strokeStyle = look.text
    context.lineWidth = 2
    context.beginPath()
    for (const [px, py] of signOf(edge.decided, ux, uy)) {
      context.moveTo(mx - px * 6, my - py * 6)
      context.lineTo(mx + px * 6, my + py * 6)
    }
    context.stroke()
  })
}

/** Across the line for "together"; a cross for "not together". */
export const signOf = (decided: 'must-link' | 'cannot-link', ux: number, uy: number) =>
  decided === 'must-link'
    ? [[-uy, ux] as const]
    : [
        [(ux - uy) * Math.SQRT1_2, (uy + ux) * Math.SQRT1_2] as const,
        [(ux + uy) * Math.SQRT1_2, (uy - ux) * Math.SQRT1_2] as const,
      ]
