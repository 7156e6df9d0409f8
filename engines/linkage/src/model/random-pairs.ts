import { sharedNumbers } from '../share/shared-memory.ts'

/** Pairs of records. */
export interface Pairs {
  readonly count: number
  readonly ones: Int32Array
  readonly others: Int32Array
}

/** All pairs where there are few, else `most` drawn evenly; the same numbers every time, so that a result can be repeated. */
export function somePairs(records: number, most: number): Pairs {
  const all = (records * (records - 1)) / 2
  return all <= most ? everyPair(records, all) : drawnPairs(records, most)
}

function everyPair(records: number, count: number): Pairs {
  const [ones, others] = [sharedNumbers(count), sharedNumbers(count)]
  let at = 0
  for (let one = 0; one < records; one++) {
    for (let other = one + 1; other < records; other++) {
      ones[at] = one
      others[at++] = other
    }
  }
  return { count, ones, others }
}

function drawnPairs(records: number, count: number): Pairs {
  const [ones, others] = [sharedNumbers(count), sharedNumbers(count)]
  // xorshift32 (Marsaglia 2003) from a fixed seed.
  let state = 2463534242
  const below = (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * limit)
  }
  for (let index = 0; index < count; index++) {
    const one = below(records)
    const other = below(records - 1)
    ones[index] = one
    others[index] = other >= one ? other + 1 : other
  }
  return { count, ones, others }
}
