import { linksOf } from '../model/graph.ts'
import type { Point } from './camera.ts'
import type { Frame } from './frame.ts'
import type { Scene } from './scene.ts'

/** What lies over the picture and changes without it: selection, focus, a path, pins, the lasso. */
export interface Marks {
  readonly selected: ReadonlySet<number>
  readonly selectedEdges: ReadonlySet<number>
  readonly pathNodes: ReadonlySet<number>
  readonly pathEdges: ReadonlySet<number>
  readonly pinned: ReadonlySet<number>
  readonly focused: number
  readonly isFocusShown: boolean
  /** A node on its way: its links follow here, the picture itself is drawn anew when it is put down. */
  readonly dragged: number
  /** In the chart's units. */
  readonly lasso: readonly Point[]
}

export const noMarks: Marks = {
  selected: new Set(),
  selectedEdges: new Set(),
  pathNodes: new Set(),
  pathEdges: new Set(),
  pinned: new Set(),
  focused: -1,
  isFocusShown: false,
  dragged: -1,
  lasso: [],
}

/** Nothing to draw: then the bitmap is not there at all. */
export const isBare = (marks: Marks): boolean =>
  [marks.selected, marks.selectedEdges, marks.pathNodes, marks.pathEdges, marks.pinned].every(
    ({ size }) => size === 0,
  ) &&
  !(marks.focused >= 0 && marks.isFocusShown) &&
  marks.dragged < 0 &&
  marks.lasso.length === 0

export function drawMarks(scene: Scene, frame: Frame, marks: Marks): void {
  const { context, look } = frame
  context.globalAlpha = 1
  context.setLineDash([])
  strokeLinks(scene, frame, [...marks.pathEdges], look.text, 4)
  strokeLinks(scene, frame, [...marks.selectedEdges], look.accent, 4)
  strokeRings(scene, frame, [...marks.pathNodes], look.text, 6, 2)
  strokeRings(scene, frame, [...marks.selected], look.accent, 5, 2.5)
  if (marks.dragged >= 0) {
    const links = linksOf(scene.graph, marks.dragged).map(({ edge }) => edge)
    strokeLinks(scene, frame, links, look.accent, 1.5)
    strokeRings(scene, frame, [marks.dragged], look.accent, 3, 3)
  }
  drawPins(scene, frame, marks.pinned)
  if (marks.focused >= 0 && marks.isFocusShown) {
    context.setLineDash([4, 3])
    strokeRings(scene, frame, [marks.focused], look.text, 9, 2)
    context.setLineDash([])
  }
  drawLasso(frame, marks.lasso)
}

const at = ({ scale, shiftX, shiftY }: Frame, { x, y }: Scene, node: number): Point => ({
  x: (x[node] ?? 0) * scale + shiftX,
  y: (y[node] ?? 0) * scale + shiftY,
})

function strokeLinks(scene: Scene, frame: Frame, edges: readonly number[], colour: string, width: number): void {
  if (edges.length === 0) return
  const { context } = frame
  context.strokeStyle = colour
  context.lineWidth = width
  context.beginPath()
  for (const edge of edges) {
    const from = at(frame, scene, scene.graph.from[edge] ?? 0)
    const to = at(frame, scene, scene.graph.to[edge] ?? 0)
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
  }
  context.stroke()
}

function strokeRings(
  scene: Scene,
  frame: Frame,
  nodes: readonly number[],
  colour: string,
  gap: number,
  width: number,
): void {
  const { context, size } = frame
  context.strokeStyle = colour
  context.lineWidth = width
  context.beginPath()
  for (const node of nodes) {
    const { x, y } = at(frame, scene, node)
    if (x < -40 || y < -40 || x > size.width + 40 || y > size.height + 40) continue
    const radius = frame.radius * (scene.sizes[node] ?? 1) + gap
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, Math.PI * 2)
  }
  context.stroke()
}

/** A pin is a small needle at the upper right. */
function drawPins(scene: Scene, frame: Frame, pinned: ReadonlySet<number>): void {
  if (pinned.size === 0) return
  const { context, look, radius } = frame
  context.strokeStyle = look.text
  context.fillStyle = look.text
  context.lineWidth = 1.5
  for (const node of pinned) {
    const { x, y } = at(frame, scene, node)
    const reach = radius * (scene.sizes[node] ?? 1) * 0.7
    context.beginPath()
    context.moveTo(x + reach, y - reach)
    context.lineTo(x + reach + 6, y - reach - 6)
    context.stroke()
    context.beginPath()
    context.arc(x + reach + 7, y - reach - 7, 2.5, 0, Math.PI * 2)
    context.fill()
  }
}

function drawLasso({ context, look, scale, shiftX, shiftY }: Frame, lasso: readonly Point[]): void {
  if (lasso.length < 2) return
  context.strokeStyle = look.accent
  context.lineWidth = 1.5
  context.setLineDash([5, 4])
  context.beginPath()
  for (const { x, y } of lasso) context.lineTo(x * scale + shiftX, y * scale + shiftY)
  context.closePath()
  context.stroke()
  context.setLineDash([])
}
