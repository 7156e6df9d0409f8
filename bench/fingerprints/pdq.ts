// Hashing decoded pixels: ours (with all eight variants) beside Meta's C++ (one hash), in one run on one thread, by processor
// time; and single look-ups on a list of real PDQ hashes beside one of random hashes of the same length.
//   THREATEXCHANGE=folder of a checkout node bench/fingerprints/pdq.ts
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPerceptualIndex, hashPixels } from '@tandem/fingerprints'

const aimFor: { readonly [width: number]: string } = { 512: '8', 1600: '3', 4000: 'none' }
const sizes = [
  [512, 512, 41],
  [1600, 1004, 15],
  [4000, 3000, 5],
] as const

function milliseconds(work: () => void): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function picture(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 3)
  let at = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[at++] = 7 * x + 13 * y
      data[at++] = x * y
      data[at++] = x ^ y
    }
  }
  return data
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'))
try {
  const program = built(join(folder, 'meta_pdq'))
  if (program === null) console.log('Meta C++: not measured; THREATEXCHANGE names no checkout, or g++ is missing')
  for (const [width, height, rounds] of sizes) {
    const pixels = { width, height, channels: 3, data: picture(width, height) } as const
    let hash = ''
    for (let warm = 0; warm < 20; warm++) hash = hashPixels(pixels).hash
    const ours = median(Array.from({ length: rounds * 2 }, () => milliseconds(() => hashPixels(pixels))))
    const line = `${width} x ${height}: ours ${ours.toFixed(3)} ms`
    if (program === null) {
      console.log(line)
      continue
    }
    const run = spawnSync(program, [width, height, rounds].map(String), { encoding: 'utf8' })
    const meta: { median: number; hash: string } = JSON.parse(run.stdout)
    const same = meta.hash === hash ? 'the same hash' : 'ANOTHER HASH'
    console.log(
      `${line}, Meta C++ ${meta.median.toFixed(3)} ms, ${(meta.median / ours).toFixed(1)} times (aim: ${aimFor[width]}), ${same}`,
    )
  }
  skew()
} finally {
  rmSync(folder, { recursive: true })
}

function built(program: string): string | null {
  const source = process.env['THREATEXCHANGE']
  if (source === undefined || !existsSync(join(source, 'pdq/cpp/hashing/pdqhashing.h'))) return null
  const cpp = (part: string): string[] =>
    readdirSync(join(source, 'pdq/cpp', part))
      .filter((name) => name.endsWith('.cpp') && (part !== 'common' || /^pdqham|^pdqhashtypes/.test(name)))
      .map((name) => join(source, 'pdq/cpp', part, name))
  const sources = ['hashing', 'downscaling', 'common'].flatMap(cpp)
  const flags = ['-O3', '-std=c++17', `-I${source}`, '-o', program]
  const compiled = spawnSync('g++', [...flags, join(import.meta.dirname, 'peers/meta_pdq.cpp'), ...sources])
  return compiled.status === 0 ? program : null
}

/**
 * Hashes of pictures are not random: how much longer does a list of them take? The random list has as many matches for each
 * query, since what is told costs the same.
 */
function skew(): void {
  const lists = new URL('../../fixtures/pdq/matching/', import.meta.url)
  const lines = (name: string): string[] => readFileSync(new URL(name, lists), 'utf8').trim().split('\n')
  const chance = (of: string): string => createHash('sha256').update(of).digest('hex')
  const indexOf = (hashes: readonly string[]) => {
    const index = buildPerceptualIndex(
      hashes.map((hash, entry) => ({ list: 0, entry, hash })),
      { tailRows: 1 },
    )
    if (!index.ok) throw new Error(index.error.says)
    return index.value
  }
  const natural = lines('natural-15k.txt')
  const queries = lines('natural-queries-700.txt').slice(0, 500)
  const ofPictures = indexOf(natural)
  const chanceQueries = queries.map((_, at) => chance(`query ${at}`))
  const planted = queries.flatMap((query, at) => {
    const found = ofPictures.query(query, 31)
    if (!found.ok) throw new Error(found.error.says)
    return found.value.map(({ distance }) => withTurned(chanceQueries[at] ?? '', distance))
  })
  const ofChance = indexOf([
    ...planted,
    ...Array.from({ length: natural.length - planted.length }, (_, at) => chance(`list ${at}`)),
  ])
  const timesOf = (index: typeof ofPictures, asked: readonly string[]) => () =>
    milliseconds(() => {
      for (const query of asked) index.query(query, 31)
    }) / asked.length
  const [pictures, random] = [timesOf(ofPictures, queries), timesOf(ofChance, chanceQueries)]
  for (let warm = 0; warm < 5; warm++) [pictures(), random()]
  const rounds = Array.from({ length: 15 }, () => [pictures(), random()] as const)
  const [ours, theirs] = [median(rounds.map(([time]) => time)), median(rounds.map(([, time]) => time))]
  console.log(
    `${natural.length} hashes, ${planted.length} matches told: ${(ours * 1000).toFixed(1)} us a query on hashes of pictures, ` +
      `${(theirs * 1000).toFixed(1)} on random ones, ${(ours / theirs).toFixed(2)} times (aim: at most 1.3)`,
  )
}

function withTurned(hash: string, bits: number): string {
  const bytes = Buffer.from(hash, 'hex')
  for (let bit = 0; bit < bits; bit++) {
    const at = (bit * 37) % 256
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7))
  }
  return bytes.toString('hex')
}
