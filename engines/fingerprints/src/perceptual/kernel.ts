import { kernelBase64 } from './kernel.generated.ts'

/** The compiled search kernel on one memory. Instances on the same memory share its table, not their state. */
export interface Kernel {
  readonly attach: (scratch: number) => void
  readonly scratchBytes: () => number
  readonly resultsAt: () => number
  readonly setRadius: (radius: number) => void
  readonly takeQuery: () => void
  readonly find: () => number
  readonly takeQueries: (at: number, count: number, counts: number, room: number) => void
  readonly bulkBand: (band: number) => void
  readonly bulkFind: () => number
  readonly scanRows: (query: number, rows: number) => number
  readonly scanPlanes: (query: number, rows: number) => number
  readonly toRing: (from: number, to: number, count: number, toStride: number) => void
  readonly fillBand: (band: number) => void
  readonly isSound: (band: number) => number
  readonly sortRecords: (at: number, count: number, width: number, room: number) => void
  readonly countRows: (at: number, count: number) => number
  readonly countPairs: (at: number, count: number) => number
  readonly beginFold: (at: number) => void
  readonly fold: (at: number, from: number, count: number, pairs: number) => number
}

const names = [
  'attach',
  'scratchBytes',
  'resultsAt',
  'setRadius',
  'takeQuery',
  'find',
  'takeQueries',
  'bulkBand',
  'bulkFind',
  'scanRows',
  'scanPlanes',
  'toRing',
  'fillBand',
  'isSound',
  'sortRecords',
  'countRows',
  'countPairs',
  'beginFold',
  'fold',
] as const satisfies readonly (keyof Kernel)[]

const pageBytes = 65_536
const mostPages = 65_536

let compiled: WebAssembly.Module | null | undefined

/** Whether this machine runs WebAssembly with vectors and shared memory; where not, the plain path serves. */
export const kernelRuns = (): boolean => moduleOf() !== null

function moduleOf(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0))
    compiled =
      typeof WebAssembly === 'object' && typeof SharedArrayBuffer === 'function' && WebAssembly.validate(bytes)
        ? new WebAssembly.Module(bytes)
        : null
  }
  return compiled
}

export function kernelOn(memory: WebAssembly.Memory): Kernel {
  const module = moduleOf()
  if (module === null) throw new Error('WebAssembly with vectors is not available here')
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  if (!isKernel(exports)) throw new Error('The kernel lacks a function')
  return exports
}

const isKernel = (exports: unknown): exports is Kernel =>
  typeof exports === 'object' &&
  exports !== null &&
  names.every((name) => typeof Reflect.get(exports, name) === 'function')

/** One linear memory and what of it is taken. Pages that nobody writes to take no room in the machine. */
export class Arena {
  readonly memory: WebAssembly.Memory
  #top: number
  constructor(bytes: number) {
    this.memory = new WebAssembly.Memory({
      initial: Math.max(1, Math.ceil(bytes / pageBytes)),
      // Address space is reserved so that the memory can grow in place; it costs nothing.
      maximum: mostPages,
      shared: true,
    })
    this.#top = firstFree
  }
  /** Takes bytes at a multiple of 64; the memory grows as needed, in place. */
  take(bytes: number): number {
    const at = Math.ceil(this.#top / 64) * 64
    this.#top = at
    this.extend(bytes)
    return at
  }
  /** What was taken last, at `at`, becomes this long. */
  retake(at: number, bytes: number): void {
    this.#top = at
    this.extend(bytes)
  }
  /** Makes what was taken last longer. */
  extend(bytes: number): void {
    this.#top += bytes
    const missing = Math.ceil(this.#top / pageBytes) - this.memory.buffer.byteLength / pageBytes
    if (missing > 0) this.memory.grow(missing)
  }
  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length)
  }
  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, at, length)
  }
}

/** The table's description stands before; see the kernel. */
export const layoutAt = 1024
export const firstFree = 2048
