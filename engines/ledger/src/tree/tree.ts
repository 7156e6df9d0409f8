import { entryHash, nodeHash } from './hash.ts'
import { type HashReader, rootOf } from './prove.ts'

/** A Merkle tree in memory that only grows. It keeps the hash of every full subtree: 64 bytes a leaf. */
export class MerkleTree {
  readonly #levels: HashList[] = []

  get size(): number {
    return this.#levels[0]?.length ?? 0
  }

  /** Gives the place of the new leaf. */
  append(entry: Uint8Array): number {
    return this.appendHash(entryHash(entry))
  }

  appendHash(leafHash: Uint8Array): number {
    const index = this.size
    let hash = leafHash
    for (let level = 0; ; level++) {
      const list = this.#level(level)
      list.push(hash)
      if (list.length % 2 === 1) return index
      hash = nodeHash(list.at(list.length - 2), list.at(list.length - 1))
    }
  }

  readonly read: HashReader = (level, index) => {
    const list = this.#levels[level]
    if (list === undefined || index >= list.length) throw new RangeError(`no full subtree ${index} at level ${level}`)
    return list.at(index)
  }

  /** The root as it was when the tree had `size` leaves. */
  root(size: number = this.size): Uint8Array {
    if (size > this.size) throw new RangeError(`the tree has ${this.size} leaves, not ${size}`)
    return rootOf(this.read, size)
  }

  #level(level: number): HashList {
    const found = this.#levels[level]
    if (found !== undefined) return found
    const fresh = new HashList()
    this.#levels.push(fresh)
    return fresh
  }
}

/** Hashes one behind the other in one piece of memory: a million small buffers would cost four times as much. */
class HashList {
  #bytes = Buffer.alloc(32 * 16)
  length = 0

  push(hash: Uint8Array): void {
    if (this.length * 32 === this.#bytes.length) {
      const grown = Buffer.alloc(this.#bytes.length * 2)
      this.#bytes.copy(grown)
      this.#bytes = grown
    }
    this.#bytes.set(hash, this.length * 32)
    this.length++
  }

  at(index: number): Uint8Array {
    return this.#bytes.subarray(index * 32, index * 32 + 32)
  }
}
