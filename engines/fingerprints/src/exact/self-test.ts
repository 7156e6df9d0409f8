import type { ExactIndex } from './exact-index.ts'
import { bytesOf, hexOfWords } from './hash-kind.ts'

/** A hash with the number of pairs it must have (0: it is on no list) and one of them. */
export interface Probe {
  readonly hash: Uint32Array
  readonly pairs: number
  readonly list: number
  readonly entry: number
}

const plantedCount = 64

/** Entries spread over the whole index, first and last among them, and for each a neighbour that is on no list. */
export function plantedIn(index: ExactIndex): Probe[] {
  const { table } = index.segment
  const { words, hashCount } = table
  const probes: Probe[] = []
  const count = Math.min(plantedCount, hashCount)
  for (let number = 0; number < count; number++) {
    const row = count === 1 ? 0 : Math.round((number * (hashCount - 1)) / (count - 1))
    const hash = table.hashes.slice(row * words, (row + 1) * words)
    probes.push(probeOf(index, hash))
    const neighbour = hash.slice()
    neighbour[number % words] = (neighbour[number % words] ?? 0) ^ (1 << (number % 32))
    probes.push(probeOf(index, neighbour))
  }
  return probes
}

function probeOf(index: ExactIndex, hash: Uint32Array): Probe {
  const found = index.lookup(hexOfWords(hash, 0, hash.length))
  return { hash, pairs: found.length, list: found[0]?.list ?? 0, entry: found[0]?.entry ?? 0 }
}

/** What went wrong in words, or null. Asks in every way that a user can. */
export function selfTest(index: ExactIndex, probes: readonly Probe[]): string | null {
  if (probes.length === 0 && index.sizes().sortedHashes > 0) return 'no entries were planted'
  for (const { hash, pairs, list, entry } of probes) {
    const hex = hexOfWords(hash, 0, hash.length)
    const found = index.lookup(hex)
    const shown = `${hex.slice(0, 8)}...`
    if (found.length !== pairs) return `${shown} should stand ${pairs} times and is found ${found.length} times`
    if (pairs > 0 && (found[0]?.list !== list || found[0]?.entry !== entry)) return `${shown} has another entry`
    if (index.has(Buffer.from(hex, 'hex')) !== pairs > 0) return `${shown} is found in one way and not in another`
  }
  return batchTest(index, probes)
}

function batchTest(index: ExactIndex, probes: readonly Probe[]): string | null {
  const length = bytesOf[index.kind]
  const batch = new Uint8Array(probes.length * length)
  for (const [number, { hash }] of probes.entries()) {
    batch.set(Buffer.from(hexOfWords(hash, 0, hash.length), 'hex'), number * length)
  }
  const found = new Map<number, number>()
  index.lookupBatch(batch, (query) => found.set(query, (found.get(query) ?? 0) + 1))
  const wrong = probes.findIndex(({ pairs }, number) => (found.get(number) ?? 0) !== pairs)
  return wrong < 0 ? null : 'asking for many at once gives another answer'
}

export function probesToBytes(probes: readonly Probe[]): Uint8Array {
  const rows = probes.flatMap(({ hash, pairs, list, entry }) => [...hash, pairs, list, entry])
  return new Uint8Array(Uint32Array.from(rows).buffer)
}

export function probesFrom(bytes: Uint8Array, words: number): Probe[] | null {
  const width = words + 3
  if (bytes.length % (4 * width) !== 0) return null
  const numbers = new Uint32Array(bytes.slice().buffer)
  const probes: Probe[] = []
  for (let at = 0; at < numbers.length; at += width) {
    const [pairs = 0, list = 0, entry = 0] = numbers.subarray(at + words, at + width)
    probes.push({ hash: numbers.slice(at, at + words), pairs, list, entry })
  }
  return probes
}
