// Small lists must not pay for large ones: time to build, a query, and memory, from nothing to some thousands.
import { buildPerceptualIndex, ExactBuilder } from '@tandem/fingerprints'
import { rounded, table } from '../figures.ts'
import { best, eachOf, queriesFor, randomHashes } from './synthetic.ts'

const radius = 31
const sizes = [0, 1, 10, 1_000, 10_000, 100_000]

const lines = [['hashes', 'PDQ build ms', 'bytes', 'us a query', 'SHA-1 build ms', 'bytes', 'ns a lookup', 'batch']]
for (const rows of sizes) lines.push([String(rows), ...perceptual(rows), ...exact(rows)])
console.log(table(lines))

function perceptual(rows: number): string[] {
  const listed = randomHashes(rows, 1)
  const queries = eachOf(queriesFor(listed, 2_000), 2_000)
  const make = () => {
    const built = buildPerceptualIndex(rows === 0 ? [] : [{ list: 1, firstEntry: 0, hashes: listed }])
    if (!built.ok) throw new Error(built.error.says)
    return built.value
  }
  const index = make()
  const build = best(make, 1000)
  const query = best(() => {
    for (const each of queries) index.query(each, radius)
  }, queries.length)
  return [rounded(build, 2), index.size().bytes.toLocaleString('en'), rounded(query, 2)]
}

function exact(rows: number): string[] {
  const length = 20
  const listed = Buffer.from(randomHashes(Math.ceil((rows * length) / 32), 5)).subarray(0, rows * length)
  const asked = Buffer.from(randomHashes((2_000 * length) / 32, 6))
  for (let query = 0; query < 2_000 && rows > 0; query += 2) {
    const from = ((query * 7919) % rows) * length
    listed.copy(asked, query * length, from, from + length)
  }
  const make = () => {
    const builder = new ExactBuilder('sha1')
    builder.addColumn(listed, 0, 0)
    return builder.build()
  }
  const index = make()
  const build = best(make, 1000)
  const repeat = 50
  const one = best(() => {
    for (let turn = 0; turn < repeat; turn++) for (let at = 0; at < asked.length; at += length) index.has(asked, at)
  }, 2_000 * repeat)
  const batch = best(() => {
    for (let turn = 0; turn < repeat; turn++) index.lookupBatch(asked, () => {})
  }, 2_000 * repeat)
  const { bytes } = index.sizes()
  const held = Object.values(bytes).reduce((sum, part) => sum + part, 0)
  return [rounded(build, 2), held.toLocaleString('en'), rounded(one * 1000), rounded(batch * 1000)]
}
