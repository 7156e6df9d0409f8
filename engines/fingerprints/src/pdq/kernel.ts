import { cosineTable } from './cosines.ts'
import { kernelBase64 } from './kernel.generated.ts'
import type { Transformed } from './plain.ts'
import { lumaOf } from './plain.ts'
import { rowBytesOf, type Shape, SIDE } from './shape.ts'

/** Rows are handed over in strips of about this size, so that they stay in the processor's cache. */
const STRIP_BYTES = 64 * 1024

/** The kernel's memory after it grew for a picture of great width is given up rather than kept. */
const KEPT_BYTES = 8 * 1024 * 1024

/** A kernel addresses 4 GiB; only a picture of grotesque shape would need a quarter of it. */
const LARGEST_RING = 1024 * 1024 * 1024

/** The rows that the kernel keeps: one window of them, and some that have come ahead. */
const ringBytes = ({ width, height }: Shape): number => (Math.ceil(height / 128) + 64) * (width + 32) * 4

type Call = (...numbers: readonly number[]) => number

/** One instance of the kernel: one picture at a time flows through it, row by row. */
export class Kernel {
  readonly #memory: WebAssembly.Memory
  readonly #begin: Call
  readonly #push: Call
  readonly #finish: Call
  readonly #wipe: Call
  readonly #stripCapacity: Call
  readonly #sampledAt: number
  readonly #blockAt: number
  #line = 0
  #strip = 0
  #capacity = 0
  #filled = 0
  #sampleOnly = false

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module)
    const call = (name: string): Call => {
      const exported = exports[name]
      if (typeof exported !== 'function') throw new Error(`the kernel exports no ${name}`)
      return (...numbers) => Number(exported(...numbers))
    }
    if (!(exports['memory'] instanceof WebAssembly.Memory)) throw new Error('the kernel exports no memory')
    this.#memory = exports['memory']
    this.#begin = call('begin')
    this.#push = call('push')
    this.#finish = call('finish')
    this.#wipe = call('wipe')
    this.#stripCapacity = call('stripCapacity')
    this.#sampledAt = call('sampledAt')()
    this.#blockAt = call('blockAt')()
    const cosinesAt = call('cosinesAt')()
    new Float32Array(this.#memory.buffer, cosinesAt, 16 * SIDE).set(cosineTable())
  }

  /** False when the picture is so wide that its window of rows does not fit into the memory of a kernel. */
  begin(shape: Shape): boolean {
    if (ringBytes(shape) > LARGEST_RING) return false
    this.#line = rowBytesOf(shape)
    this.#strip = this.#begin(shape.width, shape.height, shape.channels, STRIP_BYTES)
    this.#capacity = this.#stripCapacity()
    this.#filled = 0
    this.#sampleOnly = shape.width === SIDE && shape.height === SIDE
    if (this.#sampleOnly) this.#capacity = SIDE
    return this.#strip !== 0
  }

  /** Any number of whole rows. */
  push(rows: Uint8Array): void {
    for (let from = 0; from < rows.length; ) {
      const room = (this.#capacity - this.#filled) * this.#line
      const part = rows.subarray(from, from + room)
      new Uint8Array(this.#memory.buffer).set(part, this.#strip + this.#filled * this.#line)
      this.#filled += part.length / this.#line
      from += part.length
      if (this.#filled === this.#capacity) this.#flush()
    }
  }

  finish(): Transformed {
    this.#flush()
    const quality = this.#finish()
    return { block: new Float32Array(this.#memory.buffer, this.#blockAt, 256).slice(), quality }
  }

  /** Nothing of the picture stays in memory. */
  wipe(): void {
    this.#wipe()
  }

  /** All of its memory, as it is now: tests look what stays in it. */
  get memory(): Uint8Array {
    return new Uint8Array(this.#memory.buffer)
  }

  #flush(): void {
    if (this.#filled === 0) return
    if (this.#sampleOnly) this.#takeSampled()
    else this.#push(this.#filled)
    this.#filled = 0
  }

  /** A picture of 64 x 64 is sampled already: the reference smooths it no more. */
  #takeSampled(): void {
    const channels = this.#line === SIDE ? 1 : 3
    const data = new Uint8Array(this.#memory.buffer, this.#strip, SIDE * this.#line)
    const luma = lumaOf({ width: SIDE, height: SIDE, channels, data })
    new Float32Array(this.#memory.buffer, this.#sampledAt, SIDE * SIDE).set(luma)
    luma.fill(0)
  }
}

let compiled: WebAssembly.Module | null | undefined
const idle: Kernel[] = []

/** A kernel of this thread, or null where the machine has no vector instructions for it. */
export function borrowKernel(): Kernel | null {
  const waiting = idle.pop()
  if (waiting !== undefined) return waiting
  if (compiled === undefined) {
    const bytes = Uint8Array.from(Buffer.from(kernelBase64, 'base64'))
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
  }
  return compiled === null ? null : new Kernel(compiled)
}

export function returnKernel(kernel: Kernel): void {
  kernel.wipe()
  if (kernel.memory.length <= KEPT_BYTES && idle.length < 4) idle.push(kernel)
}
