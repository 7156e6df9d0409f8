// One index of more hashes than its peers would fit beside: node bench/fingerprints/large.ts 100000000
// Hashes are made block by block, so that the memory is the index's own; making them is not counted.
import { buildPerceptualIndex } from '@tandem/fingerprints'
import { rounded } from '../figures.ts'
import { eachOf, microseconds, queriesFor, randomHashes } from './synthetic.ts'

const rows = Number(process.argv[2] ?? 100_000_000)
const radius = 31
const blockRows = 1_000_000

const first = randomHashes(blockRows, 1)
let making = 0
function* blocks() {
  for (let at = 0, seed = 1; at < rows; at += blockRows, seed += 7) {
    const before = process.cpuUsage()
    const hashes = at === 0 ? first : randomHashes(Math.min(blockRows, rows - at), seed)
    making += microseconds(before)
    yield { list: 1, firstEntry: at, hashes }
  }
}
const begun = process.cpuUsage()
const built = buildPerceptualIndex(blocks(), { expectedRows: rows })
if (!built.ok) throw new Error(built.error.says)
const index = built.value
const seconds = (microseconds(begun) - making) / 1e6
const { bytes, tables } = index.size()
const peak = process.resourceUsage().maxRSS * 1024
console.log(
  `built in ${rounded(seconds)} s of processor time (aim at 100 million: 60); ${rounded(bytes / rows)} bytes a hash reserved, ` +
    `the process held at most ${rounded(peak / 1e9, 2)} GB (aim: 13); tables: ` +
    tables.map(({ plan, rows }) => `${plan} ${rows}`).join(', '),
)
console.log(
  `of this, memory touched for the first time costs ${rounded(firstTouch() * peak)} s on this machine by itself`,
)

const queries = queriesFor(first, 20_000)
const each = eachOf(queries, 4_000)
let missed = 0
const ask = (query: Uint8Array, at: number): number => {
  const before = process.cpuUsage()
  const found = index.query(query, radius)
  const time = microseconds(before)
  if (!found.ok || (at % 2 === 0 && found.value.length === 0)) missed++
  return time
}
each.slice(0, 500).forEach(ask)
const times = each.map(ask).sort((a, b) => a - b)
const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
const before = process.cpuUsage()
index.queryMany(queries, radius)
const bulk = microseconds(before) / (queries.length / 32)
console.log(
  `one query: p50 ${at(0.5)} us (aim: 500), p99 ${at(0.99)} us; in bulk of 20,000: ${rounded(bulk)} us a query`,
)
console.log(`of ${(each.length + 500) / 2} planted queries ${missed} missed`)
if (missed > 0) process.exitCode = 1

/** Seconds of processor time a byte for memory that nobody used before. On a virtual machine it changes by the minute. */
function firstTouch(): number {
  const fresh = new Uint8Array(2 ** 29)
  const before = process.cpuUsage()
  for (let page = 0; page < fresh.length; page += 4096) fresh[page] = 1
  return microseconds(before) / 1e6 / fresh.length
}
