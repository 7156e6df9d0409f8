import { hashBytes } from '../bits/index.ts'
import { Arena, type Kernel, kernelOn, layoutAt } from './kernel.ts'
import { nobody, RowOwners } from './owners.ts'
import type { Plan } from './plan.ts'
import { eachDistinct, type Staging } from './staging.ts'

/** An immutable table of distinct hashes with its bands, in a memory of its own. Only owners are struck out. */
export class Segment {
  readonly plan: Plan
  readonly rows: number
  readonly owners: RowOwners
  readonly arena: Arena
  /** Rows and bands: everything that a saved file needs besides the owners. */
  readonly image: { readonly at: number; readonly length: number }
  readonly #kernel: Kernel

  private constructor(plan: Plan, rows: number, owners: RowOwners) {
    this.plan = plan
    this.rows = rows
    this.owners = owners
    const places = layOut(plan, rows)
    this.arena = new Arena(places.end)
    const at = this.arena.take(places.end - places.rowsAt)
    if (at !== places.rowsAt) throw new Error('A segment begins elsewhere than reckoned')
    this.image = { at, length: places.end - at }
    this.arena.words(layoutAt, places.layout.length).set(places.layout)
    this.#kernel = kernelOn(this.arena.memory)
  }

  static of(staging: Staging, plan: Plan): Segment {
    const records = staging.sorted(plan.bands[0]?.width ?? 0)
    let [rows, pairs] = [0, 0]
    eachDistinct(records, (_, isNewHash) => {
      pairs++
      if (isNewHash) rows++
    })
    const segment = new Segment(plan, rows, new RowOwners(rows, pairs - rows))
    segment.#take(records)
    for (const band of plan.bands.keys()) segment.#kernel.fillBand(band)
    return segment
  }

  /** Room for a saved segment; the caller fills image and owners, then asks `isSound`. */
  static empty(plan: Plan, rows: number, more: number): Segment {
    return new Segment(plan, rows, new RowOwners(rows, more))
  }

  #take(records: Uint32Array): void {
    const rows = this.rowWords()
    const { lists, entries, moreRows, moreLists, moreEntries } = this.owners
    let [row, more] = [-1, 0]
    eachDistinct(records, (at, isNewHash) => {
      const list = records[at + 8] ?? nobody
      const entry = records[at + 9] ?? 0
      if (!isNewHash) {
        moreRows[more] = row
        moreLists[more] = list
        moreEntries[more] = entry
        more++
        return
      }
      row++
      for (let word = 0; word < 8; word++) rows[row * 8 + word] = records[at + word] ?? 0
      lists[row] = list
      entries[row] = entry
    })
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

export const rowsAt = 2048

/** A vector load at a column's end reads past it. */
const padding = 32

/** Bytes of a segment's rows and bands. */
export const imageLength = (plan: Plan, rows: number): number => layOut(plan, rows).end - rowsAt

function layOut(plan: Plan, rows: number): { layout: Uint32Array; rowsAt: number; end: number } {
  let end = rowsAt
  const take = (bytes: number): number => {
    const at = Math.ceil(end / 64) * 64
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
    const mask = 2 ** band.width - 1
    layout.set([...loadOf(band.from), mask, offsets, rowColumn, nextColumn, ...loadOf(next.from)], 8 + index * 8)
  }
  return { layout, rowsAt, end: Math.ceil(end / 64) * 64 }
}

/** Byte and shift of an 8-byte load that does not leave the row. */
function loadOf(bit: number): [byte: number, shift: number] {
  const byte = Math.min(bit >> 3, 24)
  return [byte, bit - 8 * byte]
}
