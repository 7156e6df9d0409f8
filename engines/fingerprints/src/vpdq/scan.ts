import type { FrameIndex, Near } from './match.ts'

/** Compares with every hash; enough for two single videos. */
export function scanIndex(hashes: readonly string[]): FrameIndex {
  const rows = wordsOf(hashes)
  return {
    nearWithin: (queries, radius) => {
      const words = wordsOf(queries)
      return queries.map((_, query) => {
        const near: Near[] = []
        for (let at = 0; at < hashes.length; at += 1) {
          const distance = distanceWithin(words, 8 * query, rows, 8 * at, radius)
          if (distance <= radius) near.push({ at, distance })
        }
        return near
      })
    },
  }
}

function wordsOf(hashes: readonly string[]): Uint32Array {
  const words = new Uint32Array(8 * hashes.length)
  for (const [at, hash] of hashes.entries())
    for (let word = 0; word < 8; word += 1)
      words[8 * at + word] = Number.parseInt(hash.slice(8 * word, 8 * word + 8), 16)
  return words
}

/** The distance, or something greater than the radius as soon as it is exceeded. */
function distanceWithin(a: Uint32Array, fromA: number, b: Uint32Array, fromB: number, radius: number): number {
  let distance = 0
  for (let word = 0; word < 8 && distance <= radius; word += 1)
    distance += bitsIn((a[fromA + word] ?? 0) ^ (b[fromB + word] ?? 0))
  return distance
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
