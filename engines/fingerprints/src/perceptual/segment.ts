import { hashBytes } from '../bits/index.ts'
import { Arena, type Kernel, kernelOn, layoutAt } from './kernel.ts'
import { RowOwners } from './owners.ts'
import type { Plan } from './plan.ts'
import type { Staging } from './staging.ts'

/** An immutable table of distinct hashes with its bands, in a memory of its own. Only owners are struck out. */
export class Segment {
  readonly plan: Plan
  readonly rows: number
  readonly owners: RowOwners
  readonly arena: Arena
  /** Rows and bands: everything that a saved file needs besides the owners. */
  readonly image: { readonly at: number; readonly length: number }
  readonly #kernel: Kernel

  private constructor(plan: Plan, rows: number, owners: RowOwners, arena: Arena, at: number, kernel: Kernel) {
    this.plan = plan
    this.rows = rows
    this.owners = owners
    this.arena = arena
    const { layout, end, gaps } = layOut(plan, rows, at)
    arena.retake(at, end - at)
    this.image = { at, length: end - at }
    arena.words(layoutAt, layout.length).set(layout)
    for (const [from, to] of gaps) arena.bytes(from, to - from).fill(0)
    this.#kernel = kernel
  }

  /** Takes over the staging's memory. */
  static of(staging: Staging, plan: Plan): Segment {
    const { arena, kernel, at, rows, owners } = staging.fold(plan.bands[0]?.width ?? 0)
    const segment = new Segment(plan, rows, owners, arena, at, kernel)
    for (const band of plan.bands.keys()) kernel.fillBand(band)
    return segment
  }

  /** Room for a saved segment; the caller fills image and owners, then asks `isSound`. */
  static empty(plan: Plan, rows: number, more: number): Segment {
    const arena = new Arena(imageLength(plan, rows))
    return new Segment(plan, rows, new RowOwners(rows, more), arena, arena.take(0), kernelOn(arena.memory))
  }

  rowWords(): Uint32Array {
    return this.arena.words(this.image.at, this.rows * 8)
  }

  ringOf(row: number): Uint8Array {
    return this.arena.bytes(this.image.at + row * hashBytes, hashBytes)
  }

  imageBytes(): Uint8Array {
    return this.arena.bytes(this.image.at, this.image.length)
  }

  /** Whether every band holds every row once, in its place. */
  isSound(): boolean {
    return this.plan.bands.every((_, band) => this.#kernel.isSound(band) === 1)
  }

  copyTo(staging: Staging): void {
    const rows = this.rowWords()
    this.owners.each((row, list, entry) => staging.addRow(rows, row, list, entry))
  }
}

/** A vector load at a column's end reads past it. */
const padding = 32

/** Bytes of a segment's rows and bands, wherever they lie. */
export const imageLength = (plan: Plan, rows: number): number => layOut(plan, rows, 0).end

interface Layout {
  readonly layout: Uint32Array
  readonly end: number
  /** What no column fills: zero, so that equal tables are saved as equal bytes. */
  readonly gaps: readonly (readonly [from: number, to: number])[]
}

/** `base`: a multiple of 64. */
function layOut(plan: Plan, rows: number, base: number): Layout {
  let end = base
  const gaps: [from: number, to: number][] = []
  const align = (): number => {
    const at = Math.ceil(end / 64) * 64
    gaps.push([end, at])
    end = at
    return at
  }
  const take = (bytes: number): number => {
    const at = align()
    end = at + bytes
    return at
  }
  const layout = new Uint32Array(8 + plan.bands.length * 8)
  layout.set([rows, take(rows * hashBytes), plan.bands.length, 0])
  for (const [index, band] of plan.bands.entries()) {
    const next = plan.bands[(index + 1) % plan.bands.length] ?? band
    const offsets = take((2 ** band.width + 1) * 4)
    // Rows lie in the order of band 0, which therefore needs no column of row numbers.
    const rowColumn = index === 0 ? 0 : take(rows * 4)
    const nextColumn = take(rows * 2 + padding)
    gaps.push([nextColumn + rows * 2, end])
    const mask = 2 ** band.width - 1
    layout.set([...loadOf(band.from), mask, offsets, rowColumn, nextColumn, ...loadOf(next.from)], 8 + index * 8)
  }
  align()
  return { layout, end, gaps }
}

/** Byte and shift of an 8-byte load that does not leave the row. */
function loadOf(bit: number): [byte: number, shift: number] {
  const byte = Math.min(bit >> 3, 24)
  return [byte, bit - 8 * byte]
}
