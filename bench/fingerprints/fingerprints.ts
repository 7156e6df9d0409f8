// npm run bench -- fingerprints [hashes]
// Our indexes and their peers on the same synthetic hashes, in one run, each on one thread, by processor time. A peer that is
// not installed is named as missing. FAISS: Debian's python3-faiss. Meta's scan: THREATEXCHANGE=folder of a checkout, and g++.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPerceptualIndex } from '@tandem/fingerprints'
import { rounded, table } from '../figures.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const radius = 31
const peers = join(import.meta.dirname, 'peers')
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'))
const [listedFile, queryFile] = [join(folder, 'listed'), join(folder, 'queries')]

interface Peer {
  readonly microseconds: number
  readonly hits: number
  readonly says: string
}

try {
  console.log(`${rows} hashes, radius ${radius}, load ${loadavg()[0]?.toFixed(1)}`)
  const listed = randomHashes(rows, 1)
  const queries = queriesFor(listed)
  writeFileSync(listedFile, listed)
  writeFileSync(queryFile, queries)
  perceptual(listed, queries)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const [script, given] of [
  ['exact.ts', String(rows)],
  ['files.ts', ''],
]) {
  console.log(`\n${script}`)
  spawnSync(process.execPath, [join(import.meta.dirname, script ?? ''), given ?? ''].filter(Boolean), {
    stdio: 'inherit',
  })
}

function perceptual(listed: Uint8Array, queries: Uint8Array): void {
  const begun = process.cpuUsage()
  const index = buildPerceptualIndex([{ list: 1, firstEntry: 0, hashes: listed }], { expectedRows: rows })
  if (!index.ok) throw new Error(index.error.says)
  const build = microseconds(begun) / 1e6
  const each = Array.from({ length: 2_000 }, (_, at) => queries.subarray(at * 32, at * 32 + 32))
  const hitsAmong = (count: number): number => {
    const found = index.value.queryMany(queries.subarray(0, count * 32), radius)
    if (!found.ok) throw new Error(found.error.says)
    return found.value.length
  }
  const single = best(() => {
    for (const query of each) index.value.query(query, radius)
  }, each.length)
  const bulk = best(() => index.value.queryMany(queries, radius), queries.length / 32)
  const bytes = index.value.size().bytes / rows
  console.log(`built in ${rounded(build, 2)} s, ${rounded(bytes)} bytes a hash`)
  // A slow peer is asked less: its time a query does not depend on how many there are.
  const few = Math.max(16, Math.min(2_000, Math.floor(4e8 / rows / 8) * 8))
  const lines: string[][] = [
    ['', 'us a query', 'peer / single', 'peer / bulk', 'hits told'],
    ['Tandem, one at a time', rounded(single, 2), '', '', ''],
    ['Tandem, in bulk', rounded(bulk, 2), '', '', String(hitsAmong(few))],
  ]
  const missing: string[] = []
  const add = (name: string, peer: Peer | string): void => {
    if (typeof peer === 'string') missing.push(`${name}: ${peer}`)
    else {
      const { microseconds: time, hits, says } = peer
      const ratios = [rounded(time / single), rounded(time / bulk)]
      lines.push([`${name} ${says}`, rounded(time, 2), ...ratios, String(hits)])
    }
  }
  add('FAISS flat', faiss('flat', few))
  add('FAISS MultiHash', rows <= 10_000_000 ? faiss('multihash', few) : 'more memory than this measurement takes')
  add('Meta linear scan', metaFlat(few))
  console.log(table(lines))
  for (const line of missing) console.log(`not measured: ${line}`)
}

function faiss(kind: string, asked: number): Peer | string {
  const run = spawnSync(
    '/usr/bin/python3',
    [join(peers, 'faiss_binary.py'), listedFile, queryFile, String(radius), kind, String(asked)],
    { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } },
  )
  if (run.status !== 0) return 'FAISS for Python is not installed (apt-get install python3-faiss)'
  return peerFrom(run.stdout, ({ version }) => `${String(version)}`)
}

function metaFlat(asked: number): Peer | string {
  const source = process.env['THREATEXCHANGE']
  if (source === undefined || !existsSync(join(source, 'pdq/cpp/index/flat.h'))) {
    return 'THREATEXCHANGE names no checkout of facebook/ThreatExchange'
  }
  const program = join(folder, 'meta_flat')
  const sources = ['pdqhashtypes.cpp', 'pdqhamming.cpp'].map((name) => join(source, 'pdq/cpp/common', name))
  const flags = ['-O3', '-march=native', '-std=c++20', `-I${source}`, '-o', program]
  const built = spawnSync('g++', [...flags, join(peers, 'meta_flat.cpp'), ...sources], { encoding: 'utf8' })
  if (built.status !== 0) return `g++ is missing or failed: ${(built.stderr ?? '').split('\n')[0]}`
  const run = spawnSync(program, [listedFile, queryFile, String(radius), String(asked)], { encoding: 'utf8' })
  return run.status === 0 ? peerFrom(run.stdout, ({ simd }) => (simd === true ? 'AVX-512' : 'scalar')) : 'it failed'
}

function peerFrom(text: string, says: (told: { [name: string]: unknown }) => string): Peer {
  const told: { [name: string]: unknown } = JSON.parse(text)
  return { microseconds: Number(told['microseconds']), hits: Number(told['hits']), says: says(told) }
}

function best(work: () => void, count: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const begun = process.cpuUsage()
    work()
    least = Math.min(least, microseconds(begun) / count)
  }
  return least
}

function microseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

/** Every other query is a listed hash with 0 to 31 bits turned. */
function queriesFor(listed: Uint8Array): Uint8Array {
  const queries = randomHashes(20_000, 2)
  const random = generator(3)
  for (let query = 0; query < 20_000; query += 2) {
    const row = random() % rows
    const copy = listed.slice(row * 32, row * 32 + 32)
    for (let flips = random() % 32; flips > 0; flips--) {
      const bit = random() % 256
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    }
    queries.set(copy, query * 32)
  }
  return queries
}

function randomHashes(count: number, seed: number): Uint8Array {
  const random = generator(seed)
  const words = new Uint32Array(count * 8)
  for (let at = 0; at < words.length; at++) words[at] = random()
  return new Uint8Array(words.buffer)
}

/** SplitMix32. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
}
