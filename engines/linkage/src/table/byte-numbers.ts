/**
 * Numbers of texts by their bytes: cells of a file are told apart where they lie, and no string is made of what was seen
 * before. Open addressing (Knuth 6.4), doubled when it is half full.
 */
export class ByteNumbers {
  /** Of each place: hash, where the text begins, its length, its number; side by side, in one line of the cache. */
  #table = new Int32Array(4 * 1024)
  #bytes = new Uint8Array(16_384)
  /** 0 stands for a free place. */
  #end = 1
  #count = 0

  /** The number that was given to these bytes, or -1. `hash`: of `hashOf`. */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const table = this.#table
    for (let at = (hash << 2) & (table.length - 1); ; at = (at + 4) & (table.length - 1)) {
      const start = table[at + 1] ?? 0
      if (start === 0) return -1
      if (table[at] !== hash || table[at + 2] !== to - from) continue
      let place = from
      while (place < to && this.#bytes[start + place - from] === bytes[place]) place++
      if (place === to) return table[at + 3] ?? -1
    }
  }

  /** Only for bytes that `find` does not know. */
  give(bytes: Uint8Array, from: number, to: number, hash: number, number: number): void {
    if (8 * ++this.#count > this.#table.length) this.#widen()
    const start = this.#end
    this.#end += to - from
    if (this.#end > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#end)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    for (let at = from; at < to; at++) this.#bytes[start + at - from] = bytes[at] ?? 0
    this.#place(hash, start, to - from, number)
  }

  #place(hash: number, start: number, length: number, number: number): void {
    const table = this.#table
    let at = (hash << 2) & (table.length - 1)
    while ((table[at + 1] ?? 0) !== 0) at = (at + 4) & (table.length - 1)
    table[at] = hash
    table[at + 1] = start
    table[at + 2] = length
    table[at + 3] = number
  }

  #widen(): void {
    const old = this.#table
    this.#table = new Int32Array(2 * old.length)
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 1] !== 0) this.#place(old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0, old[at + 3] ?? 0)
    }
  }
}

/** FNV-1a by bytes, mixed once more at the end for the low bits. */
export function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash ^ (hash >>> 15)
}
