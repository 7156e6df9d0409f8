// Exact lookup of SHA-1: ours, JavaScript's Map, and SQLite, in one run on one thread.
//   node bench/fingerprints/exact.ts 1000000
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ExactBuilder } from '@tandem/fingerprints'

const hashes = Number(process.argv[2] ?? 1_000_000)
const queries = 2_000_000
/** SQLite takes microseconds: fewer questions say as much. */
const slowQueries = 200_000
const mapAtMost = 4_000_000
/** Entries of one transaction; one each would fill for an hour. */
const lmdbAtOnce = 100_000
const length = 20

const seconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
/** Processor time of `work`, best of three: others on the machine only make it longer. */
function best(work: () => number, expected: number, times = 3): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < times; run++) {
    const begun = seconds()
    const found = work()
    least = Math.min(least, seconds() - begun)
    if (found !== expected) throw new Error(`found ${found} of ${expected}`)
  }
  return least
}
const row = (name: string, nanoseconds: number, ours: number) =>
  console.log(
    `${name.padEnd(52)} ${nanoseconds.toFixed(0).padStart(6)} ns a lookup ${(nanoseconds / ours).toFixed(1).padStart(7)} x`,
  )

/** Synthetic hashes: SHA-1 output bytes of a counter, cut from longer streams for speed. */
function syntheticHashes(count: number, salt: string): Buffer {
  const bytes = Buffer.alloc(count * length)
  for (let at = 0, block = 0; at < bytes.length; block++) {
    const digest = createHash('shake256', { outputLength: 200 * length })
      .update(`${salt} ${block}`)
      .digest()
    at += digest.copy(bytes, at)
  }
  return bytes
}

const listed = syntheticHashes(hashes, 'listed')
const misses = syntheticHashes(queries, 'missing')
/** Every other one is listed. */
const half = Buffer.from(misses)
for (let query = 0, pick = 1; query < queries; query += 2) {
  pick = (pick * 48_271) % 2_147_483_647
  const from = (pick % hashes) * length
  listed.copy(half, query * length, from, from + length)
}

let begun = seconds()
const builder = new ExactBuilder('sha1')
builder.addColumn(listed, 0, 0)
const index = builder.build()
const buildSeconds = seconds() - begun
const { bytes } = index.sizes()
const each = (count: number) => (count / hashes).toFixed(2)
console.log(`${hashes.toLocaleString('en')} SHA-1, ${queries.toLocaleString('en')} lookups; processor time, best of 3`)
console.log(
  `ours: built in ${buildSeconds.toFixed(2)} s; bytes a hash: ${each(bytes.hashes + bytes.buckets)} table, ` +
    `${each(bytes.filter)} filter, ${each(bytes.entries)} entry numbers`,
)

const count = (source: Buffer) => () => {
  let found = 0
  for (let at = 0; at < source.length; at += length) if (index.has(source, at)) found++
  return found
}
// The peers are asked one at a time, the fastest that each of them offers: their own batches are slower or asynchronous.
const ours = (best(() => index.lookupBatch(half, () => {}), queries / 2) / queries) * 1e9
row('ours, in a batch, half of them listed', ours, ours)
row('ours, one at a time, half of them listed', (best(count(half), queries / 2) / queries) * 1e9, ours)
const all = Buffer.from(half)
for (let query = 0; query < queries; query += 2)
  all.copy(all, (query + 1) * length, query * length, (query + 1) * length)
row('ours, in a batch, all listed', (best(() => index.lookupBatch(all, () => {}), queries) / queries) * 1e9, ours)
row('ours, one at a time, none listed', (best(count(misses), 0) / queries) * 1e9, ours)
row('ours, in a batch, none listed', (best(() => index.lookupBatch(misses, () => {}), 0) / queries) * 1e9, ours)
row('the filter alone, none listed', filterAlone(), ours)
if (hashes <= mapAtMost) row('JavaScript Map of strings, half listed', map(), ours)
else console.log(`JavaScript Map: left out above ${mapAtMost.toLocaleString('en')} hashes (about 100 bytes each)`)
row('SQLite WITHOUT ROWID, mapped, half listed (aim: 80)', sqlite(), ours)
const byLmdb = await lmdb()
if (byLmdb === null) console.log('LMDB: not measured; npm install lmdb somewhere and LMDB=.../node_modules/lmdb')
else row('LMDB (lmdb of npm), half listed (aim: 20)', byLmdb, ours)

function filterAlone(): number {
  const { filter } = index.segment
  if (filter === null) return Number.NaN
  const words = new Uint32Array(queries * 2)
  for (let query = 0; query < queries; query++) {
    words[2 * query] = misses.readUInt32BE(query * length)
    words[2 * query + 1] = misses.readUInt32BE(query * length + 4)
  }
  let passed = 0
  const time = best(() => {
    passed = 0
    for (let at = 0; at < words.length; at += 2) if (filter.mayHold(words[at] ?? 0, words[at + 1] ?? 0)) passed++
    return 0
  }, 0)
  console.log(`the filter lets ${((100 * passed) / queries).toFixed(2)} % of what is not listed pass`)
  return (time / queries) * 1e9
}

function map(): number {
  const known = new Map<string, number>()
  for (let entry = 0; entry < hashes; entry++)
    known.set(listed.toString('latin1', entry * length, (entry + 1) * length), entry)
  const ask = () => {
    let found = 0
    for (let at = 0; at < half.length; at += length) if (known.has(half.toString('latin1', at, at + length))) found++
    return found
  }
  return (best(ask, queries / 2) / queries) * 1e9
}

/** The package is no dependency of ours: `npm install lmdb` somewhere and LMDB=.../node_modules/lmdb. */
async function lmdb(): Promise<number | null> {
  const place = process.env['LMDB']
  if (place === undefined) return null
  const { open } = createRequire(join(place, 'package.json'))('lmdb')
  const folder = mkdtempSync(join(tmpdir(), 'bench-exact-'))
  const database = open({ path: folder, keyEncoding: 'binary', encoding: 'binary', noSync: true, mapSize: 2 ** 34 })
  try {
    const { table } = index.segment
    const value = Buffer.alloc(4)
    const fill = (from: number) => () => {
      for (let entry = from; entry < Math.min(hashes, from + lmdbAtOnce); entry++) {
        const hash = Buffer.alloc(length)
        const at = entry * table.words
        for (let word = 0; word < table.words; word++) hash.writeUInt32BE(table.hashes[at + word] ?? 0, word * 4)
        value.writeUInt32LE(entry)
        database.putSync(hash, value, { append: true })
      }
    }
    for (let from = 0; from < hashes; from += lmdbAtOnce) database.transactionSync(fill(from))
    const ask = () => {
      let found = 0
      for (let at = 0; at < slowQueries * length; at += length) {
        if (database.getBinaryFast(half.subarray(at, at + length)) !== undefined) found++
      }
      return found
    }
    return (best(ask, slowQueries / 2, 2) / slowQueries) * 1e9
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
}

function sqlite(): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-exact-'))
  const database = new DatabaseSync(join(folder, 'hashes.db'))
  try {
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA mmap_size = 8589934592')
    database.exec('CREATE TABLE known (hash BLOB PRIMARY KEY, entry INTEGER NOT NULL) WITHOUT ROWID')
    begun = seconds()
    database.exec('BEGIN')
    const insert = database.prepare('INSERT OR IGNORE INTO known VALUES (?, ?)')
    // In the table's own order, the fastest way to fill it.
    const { table } = index.segment
    const hash = Buffer.alloc(length)
    for (let at = 0, entry = 0; at < table.hashes.length; at += table.words, entry++) {
      for (let word = 0; word < table.words; word++) hash.writeUInt32BE(table.hashes[at + word] ?? 0, word * 4)
      insert.run(hash, entry)
    }
    database.exec('COMMIT')
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count'])
    console.log(`SQLite: filled in ${(seconds() - begun).toFixed(1)} s; ${each(pages * 4096)} bytes a hash`)
    const select = database.prepare('SELECT entry FROM known WHERE hash = ?')
    const ask = () => {
      let found = 0
      for (let at = 0; at < slowQueries * length; at += length) {
        if (select.get(half.subarray(at, at + length)) !== undefined) found++
      }
      return found
    }
    return (best(ask, slowQueries / 2, 2) / slowQueries) * 1e9
  } finally {
    database.close()
    rmSync(folder, { recursive: true })
  }
}
