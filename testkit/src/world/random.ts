import { createHash } from 'node:crypto'

/** All chance in the world comes from here: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean
  pick<T>(from: readonly [T, ...T[]]): T
  /** Like `below`, with the low numbers far more often: a few things are seen everywhere, most only once. */
  skewed(limit: number): number
  digits(length: number): string
  hex(length: number): string
  /** An own stream for one part of the world, so that a new part does not move the others. */
  fork(label: string): Random
}

export function seeded(seed: string): Random {
  const next = sfc32(createHash('sha256').update(seed, 'utf8').digest())
  // Only multiplication and division by a power of two: exact in IEEE 754, so equal on every machine.
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit)
  const text = (alphabet: string, length: number): string => {
    let made = ''
    while (made.length < length) made += alphabet.charAt(below(alphabet.length))
    return made
  }
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (percent) => below(100) < percent,
    pick: (from) => from[below(from.length)] ?? from[0],
    skewed: (limit) => {
      const part = next() / 0x1_0000_0000
      return Math.floor(part * part * part * limit)
    },
    digits: (length) => `${1 + below(9)}${text('0123456789', length - 1)}`,
    hex: (length) => text('0123456789abcdef', length),
    fork: (label) => seeded(`${seed}\n${label}`),
  }
}

/** Small fast counter generator (sfc32) of Chris Doty-Humphrey's PractRand, public domain: 32-bit arithmetic only. */
function sfc32(key: Buffer): () => number {
  let a = key.readUInt32LE(0)
  let b = key.readUInt32LE(4)
  let c = key.readUInt32LE(8)
  let counter = key.readUInt32LE(12)
  return () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
}
