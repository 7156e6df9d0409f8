/** Points closer than a cell of this depth count as one: two nodes in one place must not split cells for ever. */
const DEEPEST = 22
const EMPTY = -1
const MANY = -2

/**
 * The quadtree of Barnes and Hut (1986): far groups of nodes push as one. Typed arrays, rebuilt in place at each step.
 */
export class Tree {
  #child = new Int32Array(0)
  #body = new Int32Array(0)
  #mass = new Float64Array(0)
  #x = new Float64Array(0)
  #y = new Float64Array(0)
  #size = new Float64Array(0)
  #cells = 0
  readonly #stack = new Int32Array(DEEPEST * 4 + 8)

  /** The push on the node asked for last. */
  pushX = 0
  pushY = 0

  build(x: Float64Array, y: Float64Array, mass: Float64Array): void {
    this.#reserve(Math.max(64, x.length * 3))
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let node = 0; node < x.length; node++) {
      const [px, py] = [x[node] ?? 0, y[node] ?? 0]
      if (px < left) left = px
      if (px > right) right = px
      if (py < top) top = py
      if (py > bottom) bottom = py
    }
    const size = Math.max(right - left, bottom - top, 1e-6) * 1.001
    this.#cells = 0
    this.#add(size)
    for (let node = 0; node < x.length; node++) this.#insert(node, x, y, mass, left, top, size)
    for (let cell = 0; cell < this.#cells; cell++) {
      const total = this.#mass[cell] ?? 0
      if (total === 0) continue
      this.#x[cell] = (this.#x[cell] ?? 0) / total
      this.#y[cell] = (this.#y[cell] ?? 0) / total
    }
  }

  #insert(
    node: number,
    x: Float64Array,
    y: Float64Array,
    mass: Float64Array,
    left: number,
    top: number,
    whole: number,
  ): void {
    const [px, py, weight] = [x[node] ?? 0, y[node] ?? 0, mass[node] ?? 1]
    let [cell, x0, y0, size] = [0, left, top, whole]
    for (let depth = 0; ; depth++) {
      this.#mass[cell] = (this.#mass[cell] ?? 0) + weight
      this.#x[cell] = (this.#x[cell] ?? 0) + weight * px
      this.#y[cell] = (this.#y[cell] ?? 0) + weight * py
      const first = this.#child[cell] ?? EMPTY
      if (first === EMPTY) {
        const held = this.#body[cell] ?? EMPTY
        if (held === EMPTY && this.#mass[cell] === weight) {
          this.#body[cell] = node
          return
        }
        if (depth >= DEEPEST) {
          this.#body[cell] = MANY
          return
        }
        this.#split(cell, size)
        this.#moveDown(cell, held, x, y, mass, x0, y0, size)
      }
      size /= 2
      const east = px >= x0 + size ? 1 : 0
      const south = py >= y0 + size ? 1 : 0
      x0 += east * size
      y0 += south * size
      cell = (this.#child[cell] ?? 0) + east + 2 * south
    }
  }

  #moveDown(
    cell: number,
    held: number,
    x: Float64Array,
    y: Float64Array,
    mass: Float64Array,
    x0: number,
    y0: number,
    size: number,
  ): void {
    this.#body[cell] = EMPTY
    if (held < 0) return
    const [px, py, weight] = [x[held] ?? 0, y[held] ?? 0, mass[held] ?? 1]
    const to = (this.#child[cell] ?? 0) + (px >= x0 + size / 2 ? 1 : 0) + (py >= y0 + size / 2 ? 2 : 0)
    this.#body[to] = held
    this.#mass[to] = weight
    this.#x[to] = weight * px
    this.#y[to] = weight * py
  }

  #split(cell: number, size: number): void {
    this.#child[cell] = this.#cells
    for (let quarter = 0; quarter < 4; quarter++) this.#add(size / 2)
  }

  #add(size: number): void {
    if (this.#cells >= this.#body.length) this.#reserve(this.#body.length * 2)
    const cell = this.#cells++
    this.#child[cell] = EMPTY
    this.#body[cell] = EMPTY
    this.#mass[cell] = 0
    this.#x[cell] = 0
    this.#y[cell] = 0
    this.#size[cell] = size
  }

  #reserve(cells: number): void {
    if (this.#body.length >= cells) return
    this.#child = grown(this.#child, new Int32Array(cells))
    this.#body = grown(this.#body, new Int32Array(cells))
    this.#mass = grown(this.#mass, new Float64Array(cells))
    this.#x = grown(this.#x, new Float64Array(cells))
    this.#y = grown(this.#y, new Float64Array(cells))
    this.#size = grown(this.#size, new Float64Array(cells))
  }

  /** How all others push a node: mass by mass over distance. `theta` 0 asks each node singly. */
  push(node: number, px: number, py: number, weight: number, theta: number): void {
    let [fx, fy] = [0, 0]
    const near = theta * theta
    const stack = this.#stack
    let top = 0
    stack[top++] = 0
    while (top > 0) {
      const cell = stack[--top] ?? 0
      const mass = this.#mass[cell] ?? 0
      if (mass === 0 || this.#body[cell] === node) continue
      const dx = px - (this.#x[cell] ?? 0)
      const dy = py - (this.#y[cell] ?? 0)
      const square = dx * dx + dy * dy
      const size = this.#size[cell] ?? 0
      const first = this.#child[cell] ?? EMPTY
      if (first === EMPTY || size * size < near * square) {
        if (square > 1e-12) {
          const force = (weight * mass) / square
          fx += dx * force
          fy += dy * force
        }
        continue
      }
      stack[top++] = first
      stack[top++] = first + 1
      stack[top++] = first + 2
      stack[top++] = first + 3
    }
    this.pushX = fx
    this.pushY = fy
  }
}

function grown<A extends Int32Array | Float64Array>(old: A, fresh: A): A {
  fresh.set(old)
  return fresh
}
