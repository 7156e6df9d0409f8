// Compares the index with an independent scan, pair by pair, at every radius from 0 to 47 and three beyond:
//   node engines/fingerprints/tools/prove.ts [--queries 3000] [--plan ring-16]
// For each plan: single and bulk queries, before and after saving and loading. Exit code 1 if anything is missed or
// extra. The hashes are near the queries in shapes that are hard for bands, at every distance from 0 to 50.
import { parseArgs } from 'node:util'
import {
  buildPerceptualIndex,
  openPerceptualIndex,
  type PerceptualIndex,
  type Plan,
  plans,
} from '../src/perceptual/index.ts'
import { sourceOfBytes } from '../src/saved/index.ts'
import { bitsOfSpread, bytesOfSaved, dice, spreads } from '../test/perceptual/world.ts'

const { values } = parseArgs({
  options: {
    queries: { type: 'string', default: '3000' },
    plan: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const queryCount = Number(values.queries)
const radii = Array.from({ length: 51 }, (_, radius) => radius)

interface Tally {
  matches: number
  missed: number
  extra: number
}

const total = { pairs: 0, comparisons: 0, missed: 0, extra: 0 }
for (const plan of Object.values(plans)) {
  if (values.plan === undefined || values.plan === plan.name) prove(plan)
}
console.log(
  `total: ${total.pairs} pairs, ${total.comparisons} pair answers, ${total.missed} missed, ${total.extra} extra`,
)
process.exitCode = total.missed + total.extra === 0 ? 0 : 1

function prove(plan: Plan): void {
  const roll = dice(Number(values.seed))
  const queries = words(queryCount, roll)
  const hashes = nearby(plan, queries, roll)
  const expected = scan(queries, hashes)
  const pairs = queryCount * (hashes.length / 8)
  total.pairs += pairs
  console.log(`${plan.name}: ${queryCount} queries x ${hashes.length / 8} hashes = ${pairs} pairs`)
  const built = buildPerceptualIndex([{ list: 1, firstEntry: 0, hashes: asBytes(hashes) }], {
    plan: plan.name,
    tailRows: 1000,
  })
  if (!built.ok) throw new Error(built.error.says)
  check('built', built.value, queries, expected, pairs)
  const loaded = openPerceptualIndex(sourceOfBytes(bytesOfSaved(built.value)), { check: 'everything' })
  if (!loaded.ok) throw new Error(loaded.error.says)
  check('saved and loaded', loaded.value, queries, expected, pairs)
}

function check(
  name: string,
  index: PerceptualIndex,
  queries: Uint32Array,
  expected: readonly ReadonlyMap<number, number>[],
  pairs: number,
): void {
  const packed = asBytes(queries)
  for (const path of ['single', 'bulk'] as const) {
    const tally: Tally = { matches: 0, missed: 0, extra: 0 }
    for (const radius of radii) {
      const found = path === 'bulk' ? bulk(index, packed, radius) : single(index, packed, radius)
      for (const [query, answers] of found.entries()) compare(answers, expected[query] ?? new Map(), radius, tally)
    }
    total.comparisons += pairs * radii.length
    total.missed += tally.missed
    total.extra += tally.extra
    console.log(`  ${name}, ${path}: ${tally.matches} matches, ${tally.missed} missed, ${tally.extra} extra`)
  }
}

/** Entry and distance, as often as they were reported. */
type Answers = (readonly [entry: number, distance: number])[]

function bulk(index: PerceptualIndex, packed: Uint8Array, radius: number): Answers[] {
  const found = index.queryMany(packed, radius)
  if (!found.ok) throw new Error(found.error.says)
  const answers: Answers[] = Array.from({ length: packed.length / 32 }, () => [])
  for (const { query, entry, distance } of found.value) answers[query]?.push([entry, distance])
  return answers
}

function single(index: PerceptualIndex, packed: Uint8Array, radius: number): Answers[] {
  return Array.from({ length: packed.length / 32 }, (_, query) => {
    const found = index.query(packed.subarray(query * 32, query * 32 + 32), radius)
    if (!found.ok) throw new Error(found.error.says)
    return found.value.map(({ entry, distance }) => [entry, distance] as const)
  })
}

function compare(answers: Answers, expected: ReadonlyMap<number, number>, radius: number, tally: Tally): void {
  const seen = new Set<number>()
  for (const [entry, distance] of answers) {
    if (seen.has(entry) || expected.get(entry) !== distance || distance > radius) tally.extra++
    seen.add(entry)
  }
  for (const [entry, distance] of expected) {
    if (distance > radius) continue
    tally.matches++
    if (!seen.has(entry)) tally.missed++
  }
}

/** Every pair's distance, from the words themselves; kept up to 50. */
function scan(queries: Uint32Array, hashes: Uint32Array): Map<number, number>[] {
  const ones = Uint8Array.from({ length: 65_536 }, (_, value) => value.toString(2).replaceAll('0', '').length)
  return Array.from({ length: queries.length / 8 }, (_, query) => {
    const near = new Map<number, number>()
    for (let entry = 0; entry < hashes.length / 8; entry++) {
      let distance = 0
      for (let word = 0; word < 8 && distance <= 50; word++) {
        const difference = (queries[query * 8 + word] ?? 0) ^ (hashes[entry * 8 + word] ?? 0)
        distance += (ones[difference & 0xffff] ?? 0) + (ones[difference >>> 16] ?? 0)
      }
      if (distance <= 50) near.set(entry, distance)
    }
    return near
  })
}

/** For each query, one hash of each shape at each of three distances around a radius that goes round from 0 to 50. */
function nearby(plan: Plan, queries: Uint32Array, roll: (below: number) => number): Uint32Array {
  const hashes: number[] = []
  for (let query = 0; query < queries.length / 8; query++) {
    const own = [...queries.subarray(query * 8, query * 8 + 8)]
    for (const distance of [query % 50, (query % 50) + 1, roll(51)]) {
      for (const counts of spreads(plan, distance, roll).values()) {
        const other = own.slice()
        for (const bit of bitsOfSpread(plan, counts, roll)) {
          // PDQ bit 0 is the lowest of the last word.
          other[7 - (bit >> 5)] = ((other[7 - (bit >> 5)] ?? 0) ^ (1 << (bit & 31))) >>> 0
        }
        hashes.push(...other)
      }
    }
  }
  return Uint32Array.from(hashes)
}

function words(count: number, roll: (below: number) => number): Uint32Array {
  return Uint32Array.from({ length: count * 8 }, () => roll(2 ** 32))
}

/** Text order: each word's most significant byte first. */
function asBytes(hashes: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(hashes.length * 4)
  const view = new DataView(bytes.buffer)
  for (const [at, word] of hashes.entries()) view.setUint32(at * 4, word)
  return bytes
}
