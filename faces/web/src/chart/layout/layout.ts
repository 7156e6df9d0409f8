import { type Boxes, separate } from './separate.ts'
import { placeMissing } from './start.ts'
import { Tree } from './tree.ts'

export interface LayoutInput extends Boxes {
  readonly from: Int32Array
  readonly to: Int32Array
  /** Where nodes stand; NaN for those that have no place yet. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** 1 for nodes that must stay. */
  readonly held: Uint8Array
  readonly seed: number
}

/** So that two nodes on one link settle about 70 apart. */
const PUSH = 600
const GRAVITY = 0.08
/** Beyond this many nodes boxes are not parted to the last: the picture is read by zooming in. */
const PATIENCE = 4_000

const stepsFor = (count: number): number => (count <= 500 ? 400 : count <= 4_000 ? 250 : 160)

/**
 * ForceAtlas2 (Jacomy and others, PLOS ONE 2014): linked nodes pull, all nodes push by their number of links, with the
 * paper's own control of speed. No clock and no chance but the seed: the same input gives the same picture.
 */
export class Layout {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly #input: LayoutInput
  readonly #tree = new Tree()
  readonly #mass: Float64Array
  readonly #fx: Float64Array
  readonly #fy: Float64Array
  readonly #lastX: Float64Array
  readonly #lastY: Float64Array
  readonly steps: number
  #speed = 1
  #efficiency = 1
  #done = 0

  constructor(input: LayoutInput) {
    const count = input.x.length
    this.#input = input
    this.x = input.x.slice()
    this.y = input.y.slice()
    placeMissing({ count, from: input.from, to: input.to }, this.x, this.y, input.seed)
    this.#mass = new Float64Array(count).fill(1)
    for (const ends of [input.from, input.to]) for (const node of ends) this.#mass[node] = (this.#mass[node] ?? 1) + 1
    this.#fx = new Float64Array(count)
    this.#fy = new Float64Array(count)
    this.#lastX = new Float64Array(count)
    this.#lastY = new Float64Array(count)
    this.steps = input.held.every((held) => held === 1) ? 0 : stepsFor(count)
  }

  get done(): number {
    return this.#done
  }

  /** One step; false when there was none left. The last one parts what overlaps. */
  step(): boolean {
    if (this.#done >= this.steps) return false
    this.#forces()
    this.#move()
    this.#done++
    if (this.#done === this.steps) {
      separate(this.x, this.y, this.#input.held, this.#input, this.x.length <= PATIENCE ? 60 : 12)
    }
    return true
  }

  #forces(): void {
    const { x, y } = this
    const { from, to } = this.#input
    const [fx, fy, mass, tree] = [this.#fx, this.#fy, this.#mass, this.#tree]
    tree.build(x, y, mass)
    for (let node = 0; node < x.length; node++) {
      const [px, py, weight] = [x[node] ?? 0, y[node] ?? 0, mass[node] ?? 1]
      tree.push(node, px, py, weight, 1.1)
      fx[node] = tree.pushX * PUSH - px * GRAVITY * weight
      fy[node] = tree.pushY * PUSH - py * GRAVITY * weight
    }
    for (let edge = 0; edge < from.length; edge++) {
      const [a, b] = [from[edge] ?? 0, to[edge] ?? 0]
      const dx = (x[b] ?? 0) - (x[a] ?? 0)
      const dy = (y[b] ?? 0) - (y[a] ?? 0)
      fx[a] = (fx[a] ?? 0) + dx
      fy[a] = (fy[a] ?? 0) + dy
      fx[b] = (fx[b] ?? 0) - dx
      fy[b] = (fy[b] ?? 0) - dy
    }
  }

  #move(): void {
    const { x, y } = this
    const [fx, fy, lastX, lastY, mass, { held }] = [
      this.#fx,
      this.#fy,
      this.#lastX,
      this.#lastY,
      this.#mass,
      this.#input,
    ]
    let [swings, tractions] = [0, 0]
    for (let node = 0; node < x.length; node++) {
      if (held[node] === 1) continue
      const weight = mass[node] ?? 1
      swings += weight * Math.hypot((fx[node] ?? 0) - (lastX[node] ?? 0), (fy[node] ?? 0) - (lastY[node] ?? 0))
      tractions += (weight * Math.hypot((fx[node] ?? 0) + (lastX[node] ?? 0), (fy[node] ?? 0) + (lastY[node] ?? 0))) / 2
    }
    this.#tune(swings, tractions)
    for (let node = 0; node < x.length; node++) {
      const [forceX, forceY] = [fx[node] ?? 0, fy[node] ?? 0]
      if (held[node] !== 1) {
        const swing = (mass[node] ?? 1) * Math.hypot(forceX - (lastX[node] ?? 0), forceY - (lastY[node] ?? 0))
        const factor = this.#speed / (1 + Math.sqrt(this.#speed * swing))
        x[node] = (x[node] ?? 0) + forceX * factor
        y[node] = (y[node] ?? 0) + forceY * factor
      }
      lastX[node] = forceX
      lastY[node] = forceY
    }
  }

  /** The global speed of the paper: as fast as the swinging of nodes allows. */
  #tune(swings: number, tractions: number): void {
    if (swings <= 0 || tractions <= 0) return
    const count = this.x.length
    const guess = 0.05 * Math.sqrt(count)
    let jitter = Math.max(Math.sqrt(guess), Math.min(10, (guess * tractions) / (count * count)))
    if (swings / tractions > 2) {
      if (this.#efficiency > 0.05) this.#efficiency *= 0.5
      jitter = Math.max(jitter, 1)
    }
    const target = (jitter * this.#efficiency * tractions) / swings
    if (swings > jitter * tractions) {
      if (this.#efficiency > 0.05) this.#efficiency *= 0.7
    } else if (this.#speed < 1_000) this.#efficiency *= 1.3
    this.#speed += Math.min(target - this.#speed, 0.5 * this.#speed)
  }
}
