import { bitsSet, hashBytes, hexOf } from '../bits/index.ts'
import type { FoundBy, QueryMatch } from './contract.ts'
import type { Visit } from './owners.ts'
import type { Band, Plan } from './plan.ts'
import { fromRing, ringOrder, toRing } from './ring.ts'

/** A table as answers see it. */
export interface AnswerSource {
  readonly plan: Plan | null
  readonly owners: { visit(row: number, visit: Visit): void }
  ringOf(row: number): Uint8Array
}

const scanned = 0xff

/** Turns hits into matches: the owners that are still there, in the fixed order, each pair once. */
export function answersOf(hits: Uint32Array, sources: readonly AnswerSource[], queries: Uint8Array): QueryMatch[] {
  const matches: QueryMatch[] = []
  let ringQuery = -1
  let queryRing: Uint8Array = new Uint8Array(0)
  for (let at = 0; at < hits.length; at += 4) {
    const query = hits[at] ?? 0
    const source = sources[hits[at + 1] ?? 0]
    const row = hits[at + 2] ?? 0
    const found = hits[at + 3] ?? 0
    if (source === undefined) throw new Error('A hit names a table that is not there')
    const rowRing = source.ringOf(row)
    if (query !== ringQuery) {
      queryRing = toRing(queries.subarray(query * hashBytes, (query + 1) * hashBytes))
      ringQuery = query
    }
    const hash = hexOf(fromRing(rowRing))
    const foundBy = foundByOf(source.plan, found >>> 16, queryRing, rowRing)
    const distance = found & 0xffff
    source.owners.visit(row, (list, entry) => matches.push({ query, list, entry, distance, hash, foundBy }))
  }
  return inOrder(matches)
}

/** Sorted, without repetition: the same hash may stand in two tables with the same owner. */
export function inOrder(matches: QueryMatch[]): QueryMatch[] {
  if (matches.length < 2) return matches
  matches.sort(compare)
  return matches.filter((match, index) => index === 0 || !isSame(match, matches[index - 1]))
}

const compare = (a: QueryMatch, b: QueryMatch): number =>
  a.query - b.query ||
  a.distance - b.distance ||
  a.list - b.list ||
  a.entry - b.entry ||
  (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0)

const isSame = (a: QueryMatch, b: QueryMatch | undefined): boolean =>
  b !== undefined && a.query === b.query && a.list === b.list && a.entry === b.entry && a.hash === b.hash

const byScan: FoundBy = { by: 'scan' }

function foundByOf(plan: Plan | null, band: number, queryRing: Uint8Array, rowRing: Uint8Array): FoundBy {
  const place = plan?.bands[band]
  if (plan === null || place === undefined || band === scanned) return byScan
  return { by: 'band', plan: plan.name, band, flipped: flippedIn(place, queryRing, rowRing) }
}

function flippedIn(band: Band, queryRing: Uint8Array, rowRing: Uint8Array): number[] {
  const flipped: number[] = []
  for (let byte = band.from >> 3; byte <= (band.from + band.width - 1) >> 3; byte++) {
    const difference = (queryRing[byte] ?? 0) ^ (rowRing[byte] ?? 0)
    if (bitsSet(difference) === 0) continue
    for (let bit = 0; bit < 8; bit++) {
      const place = 8 * byte + bit
      const inside = place >= band.from && place < band.from + band.width
      if (inside && ((difference >> bit) & 1) === 1) flipped.push(ringOrder[place] ?? 0)
    }
  }
  return flipped
}
