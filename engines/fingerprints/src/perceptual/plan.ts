import { bitsSet } from '../bits/index.ts'
import { ringOrder, toRing } from './ring.ts'

export type PlanName = 'ring-16' | 'ring-14' | 'ring-13'

/** How the ring is cut into bands, in order. */
export interface Plan {
  readonly name: PlanName
  readonly bands: readonly Band[]
}

export interface Band {
  /** First bit, in ring order. */
  readonly from: number
  readonly width: number
}

export const plans: { readonly [name in PlanName]: Plan } = {
  'ring-16': planOf(
    'ring-16',
    Array.from({ length: 16 }, () => 16),
  ),
  /** Four wide bands, which may differ in two bits, among narrow ones, which may differ in one. For large tables. */
  'ring-14': planOf('ring-14', [17, 18, 20, 18, 17, 18, 20, 18, 17, 20, 18, 17, 20, 18]),
  /** The least memory, at some cost of time. */
  'ring-13': planOf('ring-13', [18, 22, 18, 22, 18, 22, 18, 22, 18, 21, 18, 21, 18]),
}

/** Above this many hashes, which fill several tables, `ring-14` answers faster and needs less memory. */
export const wideBandsAbove = 50_000_000

/** The largest radius that the bands serve; beyond it everything is scanned. */
export const widestRadius = 47
const largestBudget = 4

/**
 * Budgets t for a radius: whole numbers with sum radius + 1. A band with budget t is searched at distance 0 to t - 1,
 * and together with the next band at distance up to t + next t - 1. README.md proves that this misses nothing.
 *
 * Every choice with the right sum is exact; this one raises the budget of whichever band costs least to search a step
 * further (ties: the earlier band), reckoned for a table of 2^24 rows. Null: scan.
 */
export function budgetsFor(plan: Plan, radius: number): Uint8Array | null {
  if (radius > widestRadius) return null
  const budgets = new Uint8Array(plan.bands.length)
  for (let sum = 0; sum < radius + 1; sum++) {
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (const [index, band] of plan.bands.entries()) {
      const flips = budgets[index] ?? 0
      if (flips >= largestBudget) continue
      const cost = choose(band.width, flips) * (bucketCost + 2 ** 24 / 2 ** band.width)
      if (cost < least) {
        least = cost
        best = index
      }
    }
    if (best < 0) return null
    budgets[best] = (budgets[best] ?? 0) + 1
  }
  return budgets
}

/** Opening a bucket costs about as much as looking at this many entries. */
const bucketCost = 8

/** Buckets that a query opens in this band. */
export function probesOf(width: number, budget: number): number {
  let probes = 0
  for (let flips = 0; flips < budget; flips++) probes += choose(width, flips)
  return probes
}

function choose(from: number, count: number): number {
  let ways = 1
  for (let index = 0; index < count; index++) ways = (ways * (from - index)) / (index + 1)
  return ways
}

/** Differing bits in each band. */
export function bitsPerBand(a: Uint8Array, b: Uint8Array, plan: Plan = plans['ring-16']): number[] {
  const [ringA, ringB] = [toRing(a), toRing(b)]
  return plan.bands.map((band) => differing(ringA, ringB, band.from, band.width).length)
}

/** The differing bits of one band, by their numbers in the PDQ hash. */
export function flippedBits(a: Uint8Array, b: Uint8Array, band: Band): number[] {
  return differing(toRing(a), toRing(b), band.from, band.width).map((place) => ringOrder[place] ?? 0)
}

/**
 * The first band that finds the one hash from the other, by the definition above; null when none does. The next band
 * is judged by its first 16 bits, all that the tables keep of it.
 */
export function firstBand(plan: Plan, budgets: Uint8Array, ringA: Uint8Array, ringB: Uint8Array): number | null {
  for (const [index, band] of plan.bands.entries()) {
    const after = (index + 1) % plan.bands.length
    const own = differing(ringA, ringB, band.from, band.width).length
    const next = differing(ringA, ringB, plan.bands[after]?.from ?? 0, 16).length
    const budget = budgets[index] ?? 0
    if (own < budget && own + next < budget + (budgets[after] ?? 0)) return index
  }
  return null
}

function differing(ringA: Uint8Array, ringB: Uint8Array, from: number, width: number): number[] {
  const places: number[] = []
  for (let byte = from >> 3; byte <= (from + width - 1) >> 3; byte++) {
    const difference = (ringA[byte] ?? 0) ^ (ringB[byte] ?? 0)
    if (bitsSet(difference) === 0) continue
    for (let bit = 0; bit < 8; bit++) {
      const place = 8 * byte + bit
      if ((difference >> bit) & 1 && place >= from && place < from + width) places.push(place)
    }
  }
  return places
}

function planOf(name: PlanName, widths: readonly number[]): Plan {
  let from = 0
  const bands = widths.map((width) => {
    const band = { from, width }
    from += width
    return band
  })
  if (from !== 256) throw new RangeError('The bands of a plan cover 256 bits')
  return { name, bands }
}
