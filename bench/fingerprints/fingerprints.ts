// npm run bench -- fingerprints [hashes]
// Our indexes and their peers on the same synthetic hashes, in one run, each on one thread, by processor time. A peer that is
// not installed is named as missing:
//   FAISS           apt-get install python3-faiss, or FAISS_PYTHON=a Python that has it
//   Meta            THREATEXCHANGE=folder of a checkout of facebook/ThreatExchange, and g++
//   LMDB            npm install lmdb somewhere, LMDB=.../node_modules/lmdb
//   hashdeep        apt-get install hashdeep
// Above 20 million hashes only ours is measured: the peers' memory would not fit beside it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPerceptualIndex } from '@tandem/fingerprints'
import { rounded, table } from '../figures.ts'
import { type Asked, faiss, metaFlat, type Peer } from './peers.ts'
import { best, eachOf, microseconds, queriesFor, randomHashes } from './synthetic.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const radius = 31
const mostWithPeers = 20_000_000

/** What we set out to reach, times the peer: one query at a time, and in bulk. */
const aims: { readonly [rows: number]: { readonly [peer: string]: readonly [single: number, bulk: number | null] } } = {
  1000000: { 'FAISS flat': [60, null], 'FAISS MultiHash': [100, null], 'Meta linear scan': [10, null] },
  10000000: { 'FAISS flat': [200, 500], 'FAISS MultiHash': [500, null], 'Meta linear scan': [30, 80] },
}

if (!Number.isInteger(rows) || rows < 1 || rows > 200_000_000) {
  console.error('How many hashes? A whole number from 1 to 200,000,000.')
  process.exit(2)
}
console.log(`${rows} hashes, radius ${radius}, load ${loadavg()[0]?.toFixed(1)}`)
if (rows > mostWithPeers) measure('large.ts', String(rows))
else {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'))
  try {
    perceptual(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  measure('small.ts')
  measure('pdq.ts')
  measure('exact.ts', String(rows))
  measure('files.ts')
}

/** In a process of its own: each begins with a memory of its own. */
function measure(script: string, ...given: string[]): void {
  console.log(`\n${script}`)
  const run = spawnSync(process.execPath, [join(import.meta.dirname, script), ...given], { stdio: 'inherit' })
  if (run.status !== 0) process.exitCode = 1
}

function perceptual(folder: string): void {
  const listed = randomHashes(rows, 1)
  const queries = queriesFor(listed, 20_000)
  const [listedFile, queryFile] = [join(folder, 'listed'), join(folder, 'queries')]
  writeFileSync(listedFile, listed)
  writeFileSync(queryFile, queries)
  const begun = process.cpuUsage()
  const index = buildPerceptualIndex([{ list: 1, firstEntry: 0, hashes: listed }], { expectedRows: rows })
  if (!index.ok) throw new Error(index.error.says)
  const build = microseconds(begun) / 1e6
  const each = eachOf(queries, 20_000)
  const hitsAmong = (count: number): number => {
    const found = index.value.queryMany(queries.subarray(0, count * 32), radius)
    if (!found.ok) throw new Error(found.error.says)
    return found.value.length
  }
  const single = best(() => {
    for (const query of each) index.value.query(query, radius)
  }, each.length)
  const bulk = best(() => index.value.queryMany(queries, radius), queries.length / 32)
  console.log(`built in ${rounded(build, 2)} s, ${rounded(index.value.size().bytes / rows)} bytes a hash`)
  // A slow peer is asked less: its time a query does not depend on how many there are.
  const few = Math.max(16, Math.min(2_000, Math.floor(4e8 / rows / 8) * 8))
  const ourHits = hitsAmong(few)
  const lines: string[][] = [
    ['', 'us a query', 'peer / single', 'aim', 'peer / bulk', 'aim', 'hits told'],
    ['Tandem, one at a time', rounded(single, 2), '', '', '', '', ''],
    ['Tandem, in bulk', rounded(bulk, 2), '', '', '', '', String(ourHits)],
  ]
  const missing: string[] = []
  const add = (name: string, peer: Peer | string): void => {
    if (typeof peer === 'string') missing.push(`${name}: ${peer}`)
    else {
      const { microseconds: time, hits, says } = peer
      const [aim, bulkAim] = aims[rows]?.[name] ?? [null, null]
      const ratio = (ours: number, wanted: number | null) => [rounded(time / ours), wanted === null ? '' : `${wanted}`]
      lines.push([`${name} ${says}`, rounded(time, 2), ...ratio(single, aim), ...ratio(bulk, bulkAim), String(hits)])
      if (hits !== ourHits) process.exitCode = 1
    }
  }
  const asked: Asked = { folder, listedFile, queryFile, radius, queries: few }
  add('FAISS flat', faiss('flat', asked))
  add('FAISS MultiHash', faiss('multihash', asked))
  add('Meta linear scan', metaFlat(asked))
  console.log(table(lines))
  for (const line of missing) console.log(`not measured: ${line}`)
  if (process.exitCode === 1) console.log('HITS DIFFER: one of these misses or invents matches')
}
