import type { Point } from './camera.ts'

/** Points on the chart sorted into cells of one size, for "what is nearest to here". */
export class PointGrid {
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #cell: number
  readonly #left: number
  readonly #top: number
  readonly #columns: number
  readonly #rows: number
  /** The points of cell `c` are at `#start[c]` up to `#start[c + 1]`. */
  readonly #start: Int32Array
  readonly #points: Int32Array

  constructor(x: Float64Array, y: Float64Array) {
    this.#x = x
    this.#y = y
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let point = 0; point < x.length; point++) {
      left = Math.min(left, x[point] ?? 0)
      right = Math.max(right, x[point] ?? 0)
      top = Math.min(top, y[point] ?? 0)
      bottom = Math.max(bottom, y[point] ?? 0)
    }
    const side = Math.max(right - left, bottom - top, 1)
    // About one point a cell when they lie evenly; never more cells than memory likes.
    this.#cell = x.length === 0 ? 1 : side / Math.min(512, Math.max(1, Math.ceil(Math.sqrt(x.length))))
    this.#left = x.length === 0 ? 0 : left
    this.#top = x.length === 0 ? 0 : top
    this.#columns = x.length === 0 ? 1 : Math.floor((right - left) / this.#cell) + 1
    this.#rows = x.length === 0 ? 1 : Math.floor((bottom - top) / this.#cell) + 1
    this.#start = new Int32Array(this.#columns * this.#rows + 1)
    this.#points = new Int32Array(x.length)
    this.#fill()
  }

  #fill(): void {
    const start = this.#start
    const cells = new Int32Array(this.#x.length)
    for (let point = 0; point < cells.length; point++) {
      const cell = this.#column(this.#x[point] ?? 0) + this.#row(this.#y[point] ?? 0) * this.#columns
      cells[point] = cell
      start[cell + 1] = (start[cell + 1] ?? 0) + 1
    }
    for (let cell = 1; cell < start.length; cell++) start[cell] = (start[cell] ?? 0) + (start[cell - 1] ?? 0)
    const next = start.slice()
    cells.forEach((cell, point) => {
      const at = next[cell] ?? 0
      next[cell] = at + 1
      this.#points[at] = point
    })
  }

  #column = (x: number): number => Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#left) / this.#cell)))
  #row = (y: number): number => Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#top) / this.#cell)))

  /** The nearest point whose own reach covers the place; of two as near the first. -1 for none. */
  nearest(at: Point, reachOf: (point: number) => number, mostReach: number): number {
    let [found, best] = [-1, Infinity]
    this.#near(at.x - mostReach, at.y - mostReach, at.x + mostReach, at.y + mostReach, (point) => {
      const distance = Math.hypot((this.#x[point] ?? 0) - at.x, (this.#y[point] ?? 0) - at.y)
      if (distance > reachOf(point)) return
      if (distance < best || (distance === best && point < found)) [found, best] = [point, distance]
    })
    return found
  }

  /** Every point in the rectangle. */
  inside(left: number, top: number, right: number, bottom: number): number[] {
    const found: number[] = []
    this.#near(left, top, right, bottom, (point) => {
      const [x, y] = [this.#x[point] ?? 0, this.#y[point] ?? 0]
      if (x >= left && x <= right && y >= top && y <= bottom) found.push(point)
    })
    return found.sort((a, b) => a - b)
  }

  #near(left: number, top: number, right: number, bottom: number, see: (point: number) => void): void {
    const [c0, c1, r0, r1] = [this.#column(left), this.#column(right), this.#row(top), this.#row(bottom)]
    for (let row = r0; row <= r1; row++) {
      const begin = this.#start[row * this.#columns + c0] ?? 0
      const end = this.#start[row * this.#columns + c1 + 1] ?? 0
      for (let at = begin; at < end; at++) see(this.#points[at] ?? 0)
    }
  }
}

/** How far a place is from a line between two points. */
export function distanceToLine(at: Point, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - ax) * dx + (at.y - ay) * dy) / square))
  return Math.hypot(at.x - ax - along * dx, at.y - ay - along * dy)
}

/** Is the place inside the drawn loop? Counts crossings to the right (even: outside). */
export function isInLoop(at: Point, loop: readonly Point[]): boolean {
  let inside = false
  let before = loop.at(-1)
  for (const corner of loop) {
    if (before !== undefined && corner.y > at.y !== before.y > at.y) {
      const crossing = ((before.x - corner.x) * (at.y - corner.y)) / (before.y - corner.y) + corner.x
      if (at.x < crossing) inside = !inside
    }
    before = corner
  }
  return inside
}
