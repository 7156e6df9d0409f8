import type { Frame } from './frame.ts'
import { nodeStyles, type Scene } from './scene.ts'
import { type Shape, shapeNames, shapes } from './shapes.ts'

const BATCH = 300
/** Smaller than this a shape cannot be told from a dot, and a dot is drawn. */
const SMALLEST_SHAPE = 2.6

/** Nodes in sight, one path for each colour and shape. Gives how many there were. */
export function drawNodes(scene: Scene, frame: Frame): number {
  const { x, y, nodeOrder, nodeStart } = scene
  const { context, look, left, top, right, bottom, scale, shiftX, shiftY } = frame
  let drawn = 0
  for (const half of [1, 0]) {
    for (let kind = 0; kind < nodeStyles; kind++) {
      const style = kind + half * nodeStyles
      const [begin, end] = [nodeStart[style] ?? 0, nodeStart[style + 1] ?? 0]
      if (begin === end) continue
      const shape: Shape = shapes[shapeNames[kind] ?? 'other']
      const radius = frame.radius * shape.size
      context.fillStyle = look.nodes[kind] ?? look.text
      context.strokeStyle = look.nodes[kind] ?? look.text
      context.globalAlpha = half === 1 ? 0.25 : 1
      context.lineWidth = 1.5
      let batched = 0
      context.beginPath()
      for (let at = begin; at < end; at++) {
        const node = nodeOrder[at] ?? 0
        const [px, py] = [x[node] ?? 0, y[node] ?? 0]
        if (px < left || px > right || py < top || py > bottom) continue
        trace(context, shape, px * scale + shiftX, py * scale + shiftY, radius)
        drawn++
        if (++batched === BATCH) {
          context.fill()
          context.beginPath()
          batched = 0
        }
      }
      context.fill()
      if (shape.ring === true && radius > 4) drawRings(scene, frame, begin, end, radius)
    }
  }
  context.globalAlpha = 1
  return drawn
}

function trace(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, radius: number): void {
  if (radius < SMALLEST_SHAPE) {
    context.rect(x - radius, y - radius, radius * 2, radius * 2)
    return
  }
  const { corners } = shape
  if (corners === 'circle') {
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, Math.PI * 2)
    return
  }
  context.moveTo(x + (corners[0] ?? 0) * radius, y + (corners[1] ?? 0) * radius)
  for (let at = 2; at < corners.length; at += 2) {
    context.lineTo(x + (corners[at] ?? 0) * radius, y + (corners[at + 1] ?? 0) * radius)
  }
  context.closePath()
}

function drawRings({ x, y, nodeOrder }: Scene, frame: Frame, begin: number, end: number, radius: number): void {
  const { context, left, top, right, bottom, scale, shiftX, shiftY } = frame
  context.beginPath()
  for (let at = begin; at < end; at++) {
    const node = nodeOrder[at] ?? 0
    const [px, py] = [x[node] ?? 0, y[node] ?? 0]
    if (px < left || px > right || py < top || py > bottom) continue
    const [cx, cy] = [px * scale + shiftX, py * scale + shiftY]
    context.moveTo(cx + radius + 3, cy)
    context.arc(cx, cy, radius + 3, 0, Math.PI * 2)
  }
  context.stroke()
}
