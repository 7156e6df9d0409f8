// What the perceptual index costs, against a scan of everything in the same run, on one thread, by processor time:
//   node engines/fingerprints/tools/measure.ts [--rows 10000,100000,1000000,10000000] [--plan ring-13] [--rounds 5]
import { parseArgs } from 'node:util'
import { buildPerceptualIndex, type PerceptualIndex, type PlanName, plans } from '../src/perceptual/index.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000,100000,1000000,10000000' },
    plan: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '5' },
    radius: { type: 'string', default: '31' },
  },
})
const radius = Number(values.radius)
const rounds = Number(values.rounds)
const plan: PlanName | 'auto' = Object.values(plans).find(({ name }) => name === values.plan)?.name ?? 'auto'

console.log('rows       build ms  bytes/hash  RSS MB  scan us (ns/row)      single us  scan/single  bulk us  scan/bulk')
for (const rows of values.rows.split(',').map(Number)) measure(rows)

function measure(rows: number): void {
  const random = generator(rows)
  const { index, build, first } = built(rows, random)
  const queries = queriesFor(first, random)
  const few = Array.from({ length: 2000 }, (_, at) => queries.subarray(at * 32, at * 32 + 32))
  const scans = few.slice(0, Math.max(2, Math.min(200, Math.floor(2e8 / rows / 4))))
  // Compiled code comes after some thousand calls.
  for (let warm = 0; warm < 3; warm++) each(index, few, radius)
  index.queryMany(queries, radius)
  checkPlanted(index, queries)
  const times = Array.from({ length: rounds }, () => ({
    // Beyond radius 47 every row is compared; 48 reports no more than 31 does, for random hashes.
    scan: per(scans.length, () => each(index, scans, 48)),
    single: per(few.length, () => each(index, few, radius)),
    bulk: per(queries.length / 32, () => index.queryMany(queries, radius)),
  }))
  const scan = median(times.map((time) => time.scan))
  const single = median(times.map((time) => time.single))
  const bulk = median(times.map((time) => time.bulk))
  const ratio = (pick: (time: (typeof times)[number]) => number) => median(times.map(pick)).toFixed(1)
  console.log(
    [
      String(rows).padEnd(10),
      (build / 1000).toFixed(0).padStart(8),
      (index.size().bytes / rows).toFixed(1).padStart(11),
      (process.memoryUsage.rss() / 1e6).toFixed(0).padStart(7),
      `${scan.toFixed(1).padStart(9)} (${((scan * 1000) / rows).toFixed(2)})`.padEnd(20),
      single.toFixed(2).padStart(10),
      ratio((time) => time.scan / time.single).padStart(12),
      bulk.toFixed(2).padStart(8),
      ratio((time) => time.scan / time.bulk).padStart(10),
    ].join(' '),
  )
}

function checkPlanted(index: PerceptualIndex, queries: Uint8Array): void {
  const found = index.queryMany(queries, 31)
  if (!found.ok) throw new Error(found.error.says)
  const hit = new Set(found.value.map(({ query }) => query))
  for (let query = 0; query < queries.length / 32; query += 2) {
    if (!hit.has(query)) throw new Error(`Query ${query} was planted and is not found`)
  }
}

/** Hashes are made block by block, so that the memory is the index's own; making them is not counted. */
function built(rows: number, random: () => number): { index: PerceptualIndex; build: number; first: Uint8Array } {
  const blockRows = 1_000_000
  const first = randomHashes(Math.min(rows, blockRows), random)
  let making = 0
  function* blocks() {
    for (let at = 0; at < rows; at += blockRows) {
      const before = process.cpuUsage()
      const hashes = at === 0 ? first : randomHashes(Math.min(blockRows, rows - at), random)
      making += microseconds(before)
      yield { list: 1, firstEntry: at, hashes }
    }
  }
  const before = process.cpuUsage()
  const index = buildPerceptualIndex(blocks(), { plan, expectedRows: rows })
  if (!index.ok) throw new Error(index.error.says)
  return { index: index.value, build: microseconds(before) - making, first }
}

function each(index: PerceptualIndex, queries: readonly Uint8Array[], within: number): void {
  for (const query of queries) index.query(query, within)
}

function per(count: number, work: () => void): number {
  const before = process.cpuUsage()
  work()
  return microseconds(before) / count
}

function microseconds(since: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(since)
  return used.user + used.system
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** Half of them listed hashes with 0 to 31 bits flipped, half listed nowhere. */
function queriesFor(hashes: Uint8Array, random: () => number): Uint8Array {
  const queries = randomHashes(20_000, random)
  for (let query = 0; query < 20_000; query += 2) {
    const row = random() % (hashes.length / 32)
    const copy = Uint8Array.from(hashes.subarray(row * 32, row * 32 + 32))
    for (let flips = random() % 32; flips > 0; flips--) {
      const bit = random() % 256
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    }
    queries.set(copy, query * 32)
  }
  return queries
}

function randomHashes(count: number, random: () => number): Uint8Array {
  const words = new Uint32Array(count * 8)
  for (let at = 0; at < words.length; at++) words[at] = random()
  return new Uint8Array(words.buffer)
}

/** xorshift32 (Marsaglia 2003). */
function generator(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
