import type { RowSource, RowVisitor } from './rows.ts'
import type { PairVisitor } from './segment.ts'

const none = 0xffffffff

/** Fresh additions: an open-addressed table that grows, with a chain of pairs per hash. Empty, it holds nothing. */
export class Tail implements RowSource {
  readonly #words: number
  #hashes = new Uint32Array(0)
  /** Row number plus one at a hash's slot; 0 is a free slot. */
  #slots = new Uint32Array(0)
  #firstPair = new Uint32Array(0)
  #hashCount = 0
  #lists = new Uint32Array(0)
  #entries = new Uint32Array(0)
  #next = new Uint32Array(0)
  #pairEnd = 0
  /** Chain of pairs that were taken out and can be used again. */
  #free = none
  #standing = 0

  constructor(words: number) {
    this.#words = words
  }

  get rows(): number {
    return this.#standing
  }

  /** Hashes ever added, also those without a pair by now. */
  get hashCount(): number {
    return this.#hashCount
  }

  get byteLength(): number {
    const columns = [this.#hashes, this.#slots, this.#firstPair, this.#lists, this.#entries, this.#next]
    return columns.reduce((sum, column) => sum + column.byteLength, 0)
  }

  find(key: Uint32Array): number {
    if (this.#hashCount === 0) return -1
    return (this.#slots[this.#slotOf(key, 0)] ?? 0) - 1
  }

  stands(row: number): boolean {
    return (this.#firstPair[row] ?? none) !== none
  }

  pairsOf(row: number, visit: PairVisitor): void {
    for (let pair = this.#firstPair[row] ?? none; pair !== none; pair = this.#next[pair] ?? none) {
      visit(this.#lists[pair] ?? 0, this.#entries[pair] ?? 0)
    }
  }

  add(key: Uint32Array, list: number, entry: number): boolean {
    const found = this.find(key)
    const row = found < 0 ? this.#addHash(key) : found
    for (let pair = this.#firstPair[row] ?? none; pair !== none; pair = this.#next[pair] ?? none) {
      if (this.#lists[pair] === list && this.#entries[pair] === entry) return false
    }
    const pair = this.#newPair()
    this.#lists[pair] = list
    this.#entries[pair] = entry
    this.#next[pair] = this.#firstPair[row] ?? none
    this.#firstPair[row] = pair
    this.#standing++
    return true
  }

  remove(row: number, list: number, entry: number): boolean {
    return this.#takeOut(row, (ofList, ofEntry) => ofList === list && ofEntry === entry) > 0
  }

  withdraw(list: number): number {
    let taken = 0
    for (let row = 0; row < this.#hashCount; row++) taken += this.#takeOut(row, (ofList) => ofList === list)
    return taken
  }

  each(visit: RowVisitor): void {
    for (let row = 0; row < this.#hashCount; row++) {
      this.pairsOf(row, (list, entry) => visit(this.#hashes, row * this.#words, list, entry))
    }
  }

  #takeOut(row: number, which: (list: number, entry: number) => boolean): number {
    let taken = 0
    let before = none
    for (let pair = this.#firstPair[row] ?? none; pair !== none; ) {
      const next = this.#next[pair] ?? none
      if (which(this.#lists[pair] ?? 0, this.#entries[pair] ?? 0)) {
        if (before === none) this.#firstPair[row] = next
        else this.#next[before] = next
        this.#next[pair] = this.#free
        this.#free = pair
        taken++
      } else before = pair
      pair = next
    }
    this.#standing -= taken
    return taken
  }

  /** The slot of a hash, or the free slot where it belongs. */
  #slotOf(hash: Uint32Array, at: number): number {
    const mask = this.#slots.length - 1
    // The words are hash bits already; folding two of them keeps lists with equal beginnings apart.
    let slot = ((hash[at] ?? 0) ^ Math.imul(hash[at + this.#words - 1] ?? 0, 0x9e3779b1)) & mask
    for (;;) {
      const row = (this.#slots[slot] ?? 0) - 1
      if (row < 0 || this.#isAt(row, hash, at)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isAt(row: number, hash: Uint32Array, at: number): boolean {
    const start = row * this.#words
    for (let word = 0; word < this.#words; word++) {
      if (this.#hashes[start + word] !== hash[at + word]) return false
    }
    return true
  }

  #addHash(key: Uint32Array): number {
    if (this.#hashCount * 2 >= this.#slots.length) this.#growHashes()
    const row = this.#hashCount++
    this.#hashes.set(key.subarray(0, this.#words), row * this.#words)
    this.#firstPair[row] = none
    this.#slots[this.#slotOf(key, 0)] = row + 1
    return row
  }

  #growHashes(): void {
    const capacity = Math.max(16, this.#slots.length)
    this.#hashes = enlarged(this.#hashes, capacity * this.#words)
    this.#firstPair = enlarged(this.#firstPair, capacity)
    this.#slots = new Uint32Array(capacity * 2)
    for (let row = 0; row < this.#hashCount; row++) {
      this.#slots[this.#slotOf(this.#hashes, row * this.#words)] = row + 1
    }
  }

  #newPair(): number {
    if (this.#free !== none) {
      const pair = this.#free
      this.#free = this.#next[pair] ?? none
      return pair
    }
    if (this.#pairEnd === this.#next.length) {
      const capacity = Math.max(16, this.#pairEnd * 2)
      this.#lists = enlarged(this.#lists, capacity)
      this.#entries = enlarged(this.#entries, capacity)
      this.#next = enlarged(this.#next, capacity)
    }
    return this.#pairEnd++
  }
}

function enlarged(column: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(column)
  return larger
}
