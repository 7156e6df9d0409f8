import { emptyRoot, nodeHash } from './hash.ts'
import type { HashReader } from './prove.ts'

/**
 * The right edge of a tree: the hashes of its greatest full subtrees from left to right, one a set bit of its size. It
 * is all that is needed to append and to tell the root, at most 53 hashes for any tree.
 */
export class CompactRange {
  readonly #hashes: Uint8Array[]
  #size: number

  private constructor(size: number, hashes: Uint8Array[]) {
    this.#size = size
    this.#hashes = hashes
  }

  static empty(): CompactRange {
    return new CompactRange(0, [])
  }

  /** The right edge of a tree that lies elsewhere, such as in tiles. */
  static of(read: HashReader, size: number): CompactRange {
    const hashes: Uint8Array[] = []
    let start = 0
    for (const level of setBits(size)) {
      hashes.push(Buffer.from(read(level, start / 2 ** level)))
      start += 2 ** level
    }
    return new CompactRange(size, hashes)
  }

  get size(): number {
    return this.#size
  }

  /** `onNode` is told each full subtree that the new leaf completes, lowest first. */
  append(leafHash: Uint8Array, onNode: (level: number, index: number, hash: Uint8Array) => void = () => {}): void {
    let hash = leafHash
    let index = this.#size
    let level = 0
    onNode(level, index, hash)
    while (index % 2 === 1) {
      const left = this.#hashes.pop()
      if (left === undefined) throw new Error('a compact range keeps one hash a set bit of its size')
      hash = nodeHash(left, hash)
      index = (index - 1) / 2
      level++
      onNode(level, index, hash)
    }
    this.#hashes.push(hash)
    this.#size++
  }

  root(): Uint8Array {
    const [last, ...rest] = this.#hashes.toReversed()
    return last === undefined ? emptyRoot : rest.reduce((right, left) => nodeHash(left, right), last)
  }
}

/** From the greatest to the least. */
function setBits(size: number): number[] {
  const bits: number[] = []
  for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) bits.unshift(level)
  return bits
}
