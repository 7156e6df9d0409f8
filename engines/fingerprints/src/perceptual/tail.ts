import { hashBytes } from '../bits/index.ts'
import { Arena, layoutAt } from './kernel.ts'
import { GrowingOwners } from './owners.ts'
import type { Staging } from './staging.ts'

const planeBytes = 12
const planeBlock = 16 * planeBytes

/** Recent or few hashes, scanned. Its room is reserved for `capacity` rows but taken page by page. */
export class Tail {
  readonly capacity: number
  readonly owners = new GrowingOwners()
  readonly arena: Arena
  rows = 0
  readonly #rowsAt: number
  readonly #words: Uint32Array
  readonly #bytes: Uint8Array
  readonly #planes: Uint8Array
  /** Open addressing: row + 1, or 0. */
  #table = new Uint32Array(64)

  constructor(capacity: number) {
    this.capacity = capacity
    const blocks = Math.ceil(capacity / 16)
    const bytes = capacity * hashBytes + blocks * planeBlock
    this.arena = new Arena(bytes + 4096)
    const planesAt = this.arena.take(blocks * planeBlock)
    this.#rowsAt = this.arena.take(capacity * hashBytes)
    this.arena.words(layoutAt, 4).set([0, this.#rowsAt, 0, planesAt])
    this.#words = this.arena.words(this.#rowsAt, capacity * 8)
    this.#bytes = this.arena.bytes(this.#rowsAt, capacity * hashBytes)
    this.#planes = this.arena.bytes(planesAt, blocks * planeBlock)
  }

  get isFull(): boolean {
    return this.rows === this.capacity
  }

  /** Adds a hash in ring order; false when it is a new one and there is no room. */
  add(ring: Uint32Array, at: number, list: number, entry: number): boolean {
    const slot = this.#slotOf(ring, at)
    const known = this.#table[slot] ?? 0
    if (known > 0) {
      this.owners.add(known - 1, list, entry)
      return true
    }
    if (this.isFull) return false
    const row = this.rows++
    this.#table[slot] = row + 1
    for (let word = 0; word < 8; word++) this.#words[row * 8 + word] = ring[at + word] ?? 0
    const planes = (row >> 4) * planeBlock + (row & 15)
    for (let byte = 0; byte < planeBytes; byte++) {
      this.#planes[planes + 16 * byte] = this.#bytes[row * hashBytes + byte] ?? 0
    }
    this.owners.add(row, list, entry)
    if (this.rows * 2 > this.#table.length) this.#rehash()
    return true
  }

  rowWords(): Uint32Array {
    return this.#words.subarray(0, this.rows * 8)
  }

  ringOf(row: number): Uint8Array {
    return this.#bytes.subarray(row * hashBytes, (row + 1) * hashBytes)
  }

  copyTo(staging: Staging): void {
    for (let row = 0; row < this.rows; row++) {
      this.owners.visit(row, (list, entry) => staging.addRow(this.#words, row, list, entry))
    }
  }

  #slotOf(ring: Uint32Array, at: number): number {
    const last = this.#table.length - 1
    const mixed = Math.imul((ring[at] ?? 0) ^ Math.imul(ring[at + 3] ?? 0, 0x85ebca6b), 0x9e3779b1)
    for (let slot = (mixed >>> 8) & last; ; slot = (slot + 1) & last) {
      const row = (this.#table[slot] ?? 0) - 1
      if (row < 0 || this.#isRow(row, ring, at)) return slot
    }
  }

  #isRow(row: number, ring: Uint32Array, at: number): boolean {
    for (let word = 0; word < 8; word++) if (this.#words[row * 8 + word] !== ring[at + word]) return false
    return true
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2)
    for (let row = 0; row < this.rows; row++) this.#table[this.#slotOf(this.#words, row * 8)] = row + 1
  }
}
