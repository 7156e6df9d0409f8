/** Records by the hash of a key: chains in typed arrays, for a million records cost some bytes each. */
export class BlockIndex {
  #heads = new Int32Array(1024).fill(-1)
  #next = new Int32Array(1024)
  #hashes = new Int32Array(1024)

  /** Records must come in rising order. */
  add(record: number, hash: number): void {
    if (record >= this.#next.length) this.#grow(record)
    const slot = hash & (this.#heads.length - 1)
    this.#hashes[record] = hash
    this.#next[record] = this.#heads[slot] ?? -1
    this.#heads[slot] = record
  }

  /** Records with this hash, the latest first, at most `most`. */
  find(hash: number, most: number, to: Set<number>): void {
    let found = 0
    let record = this.#heads[hash & (this.#heads.length - 1)] ?? -1
    while (record >= 0 && found < most) {
      if (this.#hashes[record] === hash) {
        to.add(record)
        found++
      }
      record = this.#next[record] ?? -1
    }
  }

  #grow(record: number): void {
    const room = 2 * Math.max(record, this.#next.length)
    const size = 2 ** Math.ceil(Math.log2(room))
    const [before, hashes] = [this.#next, this.#hashes]
    const [heads, next] = [this.#heads, new Int32Array(size)]
    this.#hashes = new Int32Array(size)
    this.#hashes.set(hashes)
    next.set(before)
    this.#heads = new Int32Array(size).fill(-1)
    this.#next = next
    const held: number[] = []
    for (const head of heads) for (let at = head; at >= 0; at = before[at] ?? -1) held.push(at)
    // Chains are rebuilt from the earliest on, so that the latest stands first again.
    for (const each of held.sort((a, b) => a - b)) this.add(each, this.#hashes[each] ?? 0)
  }
}

/** FNV-1a over UTF-16 units. */
export function hashOf(text: string, start = 0x811c9dc5): number {
  let hash = start
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
