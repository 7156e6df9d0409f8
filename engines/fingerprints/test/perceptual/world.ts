import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildPerceptualIndex,
  type Fingerprint,
  type IndexOptions,
  type PerceptualIndex,
  type Plan,
  type QueryMatch,
  ringOrder,
} from '../../src/perceptual/index.ts'

/** What tests of the perceptual index share. The scan here shares no code with the index. */

const fixtures = join(import.meta.dirname, '../../../../fixtures/pdq/matching')

export const linesOf = (name: string): string[] => readFileSync(join(fixtures, name), 'utf8').trim().split('\n')

export const rowsOf = (name: string): string[][] =>
  linesOf(name)
    .slice(1)
    .map((line) => line.split('\t'))

/** A repeatable source of numbers below a bound (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

export const randomHash = (roll: (below: number) => number): string =>
  Array.from({ length: 64 }, () => roll(16).toString(16)).join('')

/** The hash with these PDQ bits flipped; bit 0 is the lowest of the last digit. */
export function withFlipped(hash: string, bits: Iterable<number>): string {
  const digits = [...hash].map((digit) => Number.parseInt(digit, 16))
  for (const bit of bits) digits[63 - (bit >> 2)] = (digits[63 - (bit >> 2)] ?? 0) ^ (1 << (bit & 3))
  return digits.map((digit) => digit.toString(16)).join('')
}

const bitsOfDigit = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]
export type Digits = Uint8Array
export const digitsOf = (hash: string): Digits => Uint8Array.from(hash, (digit) => Number.parseInt(digit, 16))

export function bitsBetween(a: Digits, b: Digits): number {
  let bits = 0
  for (let at = 0; at < 64; at++) bits += bitsOfDigit[(a[at] ?? 0) ^ (b[at] ?? 0)] ?? 0
  return bits
}

/** Differing bits for each band, in shapes that are hard for a search by bands. */
export function spreads(plan: Plan, distance: number, roll: (below: number) => number): Map<string, number[]> {
  const widths = plan.bands.map(({ width }) => width)
  const start = roll(widths.length)
  return new Map(
    Object.entries({
      even: dealt(widths, distance, (turn) => start + turn),
      'one-three': shaped(widths, distance, start, [1, 3]),
      'zero-four': shaped(widths, distance, start, [0, 4]),
      'three-one-two': shaped(widths, distance, start, [3, 1, 2]),
      clustered: shaped(widths, distance, start, [16]),
      random: dealt(widths, distance, () => roll(widths.length)),
    }),
  )
}

function dealt(widths: readonly number[], distance: number, next: (turn: number) => number): number[] {
  const counts = widths.map(() => 0)
  for (let turn = 0, left = distance; left > 0; turn++) {
    const band = next(turn) % widths.length
    if ((counts[band] ?? 0) >= (widths[band] ?? 0)) continue
    counts[band] = (counts[band] ?? 0) + 1
    left--
  }
  return counts
}

function shaped(widths: readonly number[], distance: number, start: number, shape: readonly number[]): number[] {
  const counts = widths.map(() => 0)
  for (let turn = 0, left = distance; left > 0; turn++) {
    const band = (start + turn) % widths.length
    const room = (widths[band] ?? 0) - (counts[band] ?? 0)
    const here = Math.min(left, room, shape[turn % shape.length] ?? 0)
    counts[band] = (counts[band] ?? 0) + here
    left -= here
  }
  return counts
}

/** PDQ bits at random places inside each band, as many as the spread says. */
export function bitsOfSpread(plan: Plan, counts: readonly number[], roll: (below: number) => number): Set<number> {
  const bits = new Set<number>()
  for (const [index, { from, width }] of plan.bands.entries()) {
    for (const wanted = bits.size + (counts[index] ?? 0); bits.size < wanted; ) {
      bits.add(ringOrder[from + roll(width)] ?? 0)
    }
  }
  return bits
}

export const asList = (hashes: readonly string[], list = 1): Fingerprint[] =>
  hashes.map((hash, entry) => ({ hash, list, entry }))

export function built(items: Iterable<Fingerprint>, options: IndexOptions = {}): PerceptualIndex {
  const index = buildPerceptualIndex(items, options)
  if (!index.ok) throw new Error(index.error.says)
  return index.value
}

export function many(index: PerceptualIndex, hashes: readonly string[], radius: number): readonly QueryMatch[] {
  const found = index.queryMany(hashes, radius)
  if (!found.ok) throw new Error(found.error.says)
  return found.value
}

/** One line a match, without how it was found: what two indexes must agree on. */
export const linesOfMatches = (matches: readonly QueryMatch[]): string[] =>
  matches.map(({ query, list, entry, distance, hash }) => `${query} ${list}/${entry} ${distance} ${hash}`)

/** Every query by itself; the same form as many at once. */
export function oneByOne(index: PerceptualIndex, hashes: readonly string[], radius: number): QueryMatch[] {
  return hashes.flatMap((hash, query) => {
    const found = index.query(hash, radius)
    if (!found.ok) throw new Error(found.error.says)
    return found.value.map((match) => ({ query, ...match }))
  })
}

export function bytesOfSaved(index: PerceptualIndex): Uint8Array {
  const steps = [...index.save()]
  const bytes = new Uint8Array(steps.reduce((sum, step) => sum + step.length, 0))
  let at = 0
  for (const step of steps) {
    bytes.set(step, at)
    at += step.length
  }
  return bytes
}
