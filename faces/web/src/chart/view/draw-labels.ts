import type { Frame } from './frame.ts'
import type { Scene } from './scene.ts'

const CELL = 4
const FONT_SIZE = 12
const TALL = 16
/** Room for a sign of three digits. */
const SIGN = 32
/** More labels than this nobody reads at once, and each costs. */
const MOST = 320
/** Nodes of this radius or more, and so many at most, are kept free of others' labels. */
const SMALLEST_FREE = 3
const MOST_FREE = 600

/** Cells of the picture that a label covers: a label that would touch another's cells is left out. */
class Taken {
  readonly #columns: number
  readonly #rows: number
  readonly #cells: Uint8Array

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / CELL) + 1
    this.#rows = Math.ceil(height / CELL) + 1
    this.#cells = new Uint8Array(this.#columns * this.#rows)
  }

  isTaken(x: number, y: number): boolean {
    return this.#cells[Math.floor(y / CELL) * this.#columns + Math.floor(x / CELL)] === 1
  }

  /** Takes the place, if all of it is free. */
  take(left: number, top: number, right: number, bottom: number): boolean {
    const [c0, c1] = [Math.max(0, Math.floor(left / CELL)), Math.min(this.#columns - 1, Math.floor(right / CELL))]
    const [r0, r1] = [Math.max(0, Math.floor(top / CELL)), Math.min(this.#rows - 1, Math.floor(bottom / CELL))]
    for (let row = r0; row <= r1; row++) {
      for (let column = c0; column <= c1; column++) if (this.#cells[row * this.#columns + column] === 1) return false
    }
    for (let row = r0; row <= r1; row++) {
      this.#cells.fill(1, row * this.#columns + c0, row * this.#columns + c1 + 1)
    }
    return true
  }
}

interface Placed {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly dim: boolean
}

export const labelFont = (family: string): string => `${FONT_SIZE}px ${family}`
export const hiddenSign = (hidden: number): string => `+${hidden > 9_999 ? '9999…' : hidden}`

/** The most telling labels that fit, under or over their nodes, each with how many neighbours are not shown. Gives their number. */
export function drawLabels(scene: Scene, frame: Frame): number {
  const { context, look } = frame
  context.font = labelFont(look.font)
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  context.direction = 'ltr'
  const placed = place(scene, frame)
  // The ground shows through the links, so that the words keep their contrast.
  context.fillStyle = look.ground
  context.globalAlpha = 0.82
  context.beginPath()
  for (const { x, y, width } of placed) context.rect(x - width / 2, y - TALL / 2 + 1, width, TALL - 2)
  context.fill()
  context.globalAlpha = 1
  for (const dim of [true, false]) {
    context.fillStyle = dim ? look.dim : look.text
    for (const label of placed) if (label.dim === dim) context.fillText(label.text, label.x, label.y)
  }
  return placed.length
}

/** Where nodes can be told one by one, no label lies over one. */
function keepNodesFree({ x, y }: Scene, frame: Frame, taken: Taken): void {
  const { left, top, right, bottom, scale, shiftX, shiftY, radius } = frame
  if (radius < SMALLEST_FREE) return
  const inSight: number[] = []
  for (let node = 0; node < x.length; node++) {
    const [px, py] = [x[node] ?? 0, y[node] ?? 0]
    if (px >= left && px <= right && py >= top && py <= bottom) inSight.push(node)
    if (inSight.length > MOST_FREE) return
  }
  for (const node of inSight) {
    const [cx, cy] = [(x[node] ?? 0) * scale + shiftX, (y[node] ?? 0) * scale + shiftY]
    taken.take(cx - 3, cy - 3, cx + 3, cy)
  }
}

function place(scene: Scene, frame: Frame): Placed[] {
  const { x, y, labelOrder, labels, labelWidths, sizes, dimmed, graph } = scene
  const { context, size, left, top, right, bottom, scale, shiftX, shiftY, radius } = frame
  const taken = new Taken(size.width, size.height)
  keepNodesFree(scene, frame, taken)
  const placed: Placed[] = []
  for (let at = 0; at < labelOrder.length && placed.length < MOST; at++) {
    const node = labelOrder[at] ?? 0
    const [px, py] = [x[node] ?? 0, y[node] ?? 0]
    if (px < left || px > right || py < top || py > bottom) continue
    const [cx, middle] = [px * scale + shiftX, py * scale + shiftY]
    const away = radius * (sizes[node] ?? 1) + TALL / 2 + 3
    // Before it is measured: measuring ten thousand labels would be felt. Below the node, else above.
    const rows = [middle + away, middle - away].filter((row) => !taken.isTaken(cx, row))
    if (rows.length === 0) continue
    const label = labels[node] ?? ''
    const hidden = graph.nodes[node]?.hidden ?? 0
    const text = hidden > 0 ? `${label}  ${hiddenSign(hidden)}` : label
    let width = labelWidths[node] ?? Number.NaN
    if (Number.isNaN(width)) {
      width = context.measureText(text).width + 6
      labelWidths[node] = width
    }
    const put = (words: string, wide: number): boolean =>
      rows.some((cy) => {
        if (!taken.take(cx - wide / 2, cy - TALL / 2, cx + wide / 2, cy + TALL / 2)) return false
        placed.push({ text: words, x: cx, y: cy, width: wide, dim: dimmed[node] === 1 })
        return true
      })
    // Where the name does not fit, the count of what is not shown may.
    if (!put(text, width) && hidden > 0 && radius >= SMALLEST_FREE) put(hiddenSign(hidden), SIGN)
  }
  return placed
}
