/** One (list, entry) pair under the hash that starts at `hashes[at]`. */
export type RowVisitor = (hashes: Uint32Array, at: number, list: number, entry: number) => void

/** Pairs that a segment is built from; read twice, both times the same. */
export interface RowSource {
  readonly rows: number
  each(visit: RowVisitor): void
}

/** Where a hash stands: a list version's handle and the entry's position on it, both unsigned 32-bit numbers. */
export interface Listed {
  readonly list: number
  readonly entry: number
}

export const isHandle = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xffffffff

/** Rows in blocks that grow with what comes: a small list pays for little, a large one never copies what it has. */
export class RowBlocks implements RowSource {
  readonly #words: number
  readonly #blocks: { hashes: Uint32Array; lists: Uint32Array; entries: Uint32Array; used: number }[] = []
  #rows = 0

  constructor(words: number) {
    this.#words = words
  }

  get rows(): number {
    return this.#rows
  }

  push(hash: Uint32Array, at: number, list: number, entry: number): void {
    const block = this.#roomy()
    const start = block.used * this.#words
    for (let word = 0; word < this.#words; word++) block.hashes[start + word] = hash[at + word] ?? 0
    block.lists[block.used] = list
    block.entries[block.used] = entry
    block.used++
    this.#rows++
  }

  each(visit: RowVisitor): void {
    for (const { hashes, lists, entries, used } of this.#blocks) {
      for (let row = 0; row < used; row++) visit(hashes, row * this.#words, lists[row] ?? 0, entries[row] ?? 0)
    }
  }

  #roomy() {
    const last = this.#blocks.at(-1)
    if (last !== undefined && last.used < last.entries.length) return last
    const size = Math.min(65_536, Math.max(16, this.#rows))
    const block = {
      hashes: new Uint32Array(size * this.#words),
      lists: new Uint32Array(size),
      entries: new Uint32Array(size),
      used: 0,
    }
    this.#blocks.push(block)
    return block
  }
}
