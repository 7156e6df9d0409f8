/** What the measurements share: synthetic hashes, queries of which half are near a listed one, processor time. */

export function randomHashes(count: number, seed: number): Uint8Array {
  const random = generator(seed)
  const words = new Uint32Array(count * 8)
  for (let at = 0; at < words.length; at++) words[at] = random()
  return new Uint8Array(words.buffer)
}

/** Every other query is one of the listed hashes with 0 to 31 bits turned. */
export function queriesFor(listed: Uint8Array, count: number): Uint8Array {
  const queries = randomHashes(count, 2)
  const random = generator(3)
  const rows = listed.length / 32
  for (let query = 0; query < count && rows > 0; query += 2) {
    const row = random() % rows
    const copy = listed.slice(row * 32, row * 32 + 32)
    for (let flips = random() % 32; flips > 0; flips--) {
      const bit = random() % 256
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    }
    queries.set(copy, query * 32)
  }
  return queries
}

export const eachOf = (queries: Uint8Array, most: number): Uint8Array[] =>
  Array.from({ length: Math.min(most, queries.length / 32) }, (_, at) => queries.subarray(at * 32, at * 32 + 32))

/** SplitMix32. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
}

/** Microseconds of processor time. */
export function microseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

/** The least of five runs: others on the machine only make it longer. */
export function best(work: () => void, count: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const begun = process.cpuUsage()
    work()
    least = Math.min(least, microseconds(begun) / count)
  }
  return least
}
