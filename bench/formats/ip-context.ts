// Databases and range lists: lookups of this engine beside mmdb-lib and beside a scan of the list, in one run.
//   node bench/formats/ip-context.ts [--lookups 20000]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { openMmdb } from '@tandem/formats'
import { addressText, contains, RangeTable, readCidr } from '@tandem/identifiers'
import { Reader } from 'mmdb-lib'

const { values } = parseArgs({ options: { lookups: { type: 'string', default: '20000' } } })
const lookups = Number(values.lookups)
const fixture = (path: string): Buffer => readFileSync(new URL(`../../fixtures/ip-context/${path}`, import.meta.url))

/** The same addresses for all: a linear congruential row over all of IPv4. */
const keys = Array.from({ length: lookups }, (_, at) =>
  (Math.imul(at + 1, 1_664_525) >>> 0).toString(16).padStart(8, '0'),
)
const texts = keys.map(addressText)

function perSecond(count: number, run: () => void): number {
  run()
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (count * 1_000_000) / (user + system)
}

const bytes = fixture('mmdb/GeoIP2-ISP-Test.mmdb')
const opened = openMmdb(bytes)
if (!opened.ok) throw new Error(opened.error.says)
const peer = new Reader(bytes)
const ours = perSecond(lookups, () => {
  for (const key of keys) opened.value.lookup(key)
})
const theirs = perSecond(lookups, () => {
  for (const text of texts) peer.get(text)
})

const entries = gunzipSync(fixture('ranges/x4bnet-vpn-ipv4.txt.gz'))
  .toString('latin1')
  .split('\n')
  .flatMap((line) => {
    const range = readCidr(line)
    return range === null ? [] : [{ ...range, value: line }]
  })
const table = new RangeTable(entries)
const few = keys.slice(0, 500)
const searched = perSecond(lookups, () => {
  for (const key of keys) table.find(key)
})
const scanned = perSecond(few.length, () => {
  for (const key of few) entries.filter((entry) => contains(entry, key))
})

const rate = (each: number): string => `${Math.round(each).toLocaleString('en-GB')}/s`
console.log(
  `mmdb, GeoIP2-ISP: ${rate(ours)}, ${(ours / theirs).toFixed(2)} x mmdb-lib (${rate(theirs)}); ours was checked wholly at opening`,
)
console.log(
  `${entries.length} ranges: ${rate(searched)}, ${(searched / scanned).toFixed(0)} x a scan of the list (${rate(scanned)})`,
)
