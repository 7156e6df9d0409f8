import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { hashCsvReader } from '../src/hash-csv/reader.ts'
import { type AnyRecord, defaultLimits, type Entry, type Reader } from '../src/index.ts'
import { vics2Reader } from '../src/vics/reader.ts'
import { agrees } from './hardships.ts'

const hex = (number: number): string => number.toString(16).padStart(8, '0').repeat(4)
const encoder = new TextEncoder()

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** What is held, not what waits to be collected. */
function held(): number {
  if (typeof collect === 'function') collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** A list of any length, made while it is read: nothing of it is ever held. */
interface Mass {
  readonly reader: Reader
  readonly head: string
  readonly row: (number: number) => string
  readonly tail: string
}
const vics: Mass = {
  reader: vics2Reader,
  head: '{"@odata.context":"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata#Media","value":[{"MediaID":0,"MD5":"ffffffffffffffffffffffffffffffff"}',
  row: (number) => `,{"MediaID":${number},"MD5":"${hex(number + 1)}","Category":1,"Comments":"${'x'.repeat(180)}"}`,
  tail: ']}',
}
const csv: Mass = {
  reader: hashCsvReader,
  head: 'id,md5,comment\n0,ffffffffffffffffffffffffffffffff,\n',
  row: (number) => `${number},${hex(number + 1)},${'x'.repeat(180)}\n`,
  tail: '',
}

async function* chunksOf(mass: Mass, rows: number): AsyncGenerator<Uint8Array> {
  yield encoder.encode(mass.head)
  for (let from = 1; from < rows; from += 512) {
    let text = ''
    for (let row = from; row < Math.min(from + 512, rows); row += 1) text += mass.row(row)
    yield encoder.encode(text)
  }
  yield encoder.encode(mass.tail)
}

/** The number that the row was made with, from its hash. */
function numberOf(entry: Entry<AnyRecord>): number {
  const hash = entry.outcome !== 'set-aside' && entry.record.kind === 'list-entry' ? entry.record.hashes[0]?.value : ''
  return Number.parseInt((hash ?? '').slice(0, 8), 16) - 1
}

async function read(mass: Mass, rows: number, skip = 0) {
  assert.ok(mass.reader.stream !== undefined)
  let count = 0
  let first = -1
  let last = -1
  let most = 0
  const places: string[] = []
  for await (const entry of mass.reader.stream(
    chunksOf(mass, rows),
    { ...defaultLimits, maxBytes: Number.MAX_SAFE_INTEGER },
    skip,
  )) {
    if (count === 0) first = numberOf(entry)
    last = numberOf(entry)
    count += 1
    if (count <= 3) places.push(entry.place)
    if (count % 10_000 === 0) most = Math.max(most, held())
  }
  return { count, first, last, most, places }
}

describe('mass lists', () => {
  for (const [name, mass] of [
    ['VICS', vics],
    ['CSV', csv],
  ] as const) {
    it(`${name}: memory does not grow with the file`, async () => {
      const small = await read(mass, 10_000)
      const large = await read(mass, 60_000)
      assert.deepEqual([small.count, large.count, large.last], [10_000, 60_000, 59_999])
      // Six times the file: some 11 MB more. The CSV reader remembers each hash to notice a second class.
      const allowed = name === 'CSV' ? 50_000 * 56 : 0
      assert.ok(large.most < small.most + allowed + 4_000_000, `${small.most} then ${large.most}`)
    })

    it(`${name}: an interrupted reading goes on where it stopped, with the same places`, async () => {
      const whole = await read(mass, 2_000)
      const rest = await read(mass, 2_000, 1_500)
      assert.deepEqual([rest.count, rest.first, rest.last], [500, 1500, whole.last])
      const twice = await read(mass, 2_000, 1)
      assert.deepEqual(twice.places.slice(0, 2), whole.places.slice(1))
      assert.equal((await read(mass, 2_000, 2_000)).count, 0)
    })

    it(`${name}: a stream says what the whole file says, in pieces of any size`, async () => {
      const parts: Uint8Array[] = []
      for await (const chunk of chunksOf(mass, 12)) parts.push(chunk)
      const bytes = Buffer.concat(parts)
      await agrees(mass.reader, bytes)
      await agrees(mass.reader, bytes.subarray(0, bytes.length - 40))
    })
  }
})
