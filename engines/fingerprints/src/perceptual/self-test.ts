import { hexOf } from '../bits/index.ts'
import { problem, type SavedProblem } from '../saved/index.ts'
import type { PerceptualIndex } from './contract.ts'
import { nobody } from './owners.ts'
import { fromRing } from './ring.ts'

const mostSamples = 32
const distances = [0, 15, 31, 47]

/** Some of the stored hashes that somebody owns, evenly spread. `lists`: the owner of each, where it is known apart. */
export function samplesOf(rows: Uint32Array, stride: number, lists: Uint32Array | null): Uint8Array[] {
  const total = rows.length / stride
  const samples: Uint8Array[] = []
  for (let number = 0; number < Math.min(mostSamples, total); number++) {
    const row = Math.floor((number * total) / Math.min(mostSamples, total))
    if (lists !== null && lists[row] === nobody) continue
    const ring = rows.slice(row * stride, row * stride + 8)
    samples.push(fromRing(new Uint8Array(ring.buffer)))
  }
  return samples
}

/** Looks planted entries up: each sample with a known number of bits flipped must be found at that distance. */
export function selfTest(index: PerceptualIndex, samples: readonly Uint8Array[]): SavedProblem | null {
  for (const [number, sample] of samples.entries()) {
    for (const distance of distances) {
      const found = index.query(flipped(sample, distance, number), distance)
      if (found.ok && found.value.some((match) => match.distance === distance && match.hash === hexOf(sample))) continue
      return problem('failed-self-test', 'A hash that the file holds was not found in it. Build the file anew.')
    }
  }
  return null
}

/** 107 is odd, so the bits are different ones, spread over the whole hash. */
export function flipped(hash: Uint8Array, bits: number, from: number): Uint8Array {
  const changed = Uint8Array.from(hash)
  for (let number = 0; number < bits; number++) {
    const bit = (from * 31 + number * 107) % 256
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  }
  return changed
}
