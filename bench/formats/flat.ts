// The memory of one reading of many gigabytes, which are made while they are read: nothing is written to a disk.
//   node bench/formats/flat.ts extract|vics|log GIGABYTES

import { defaultLimits, readers, readVicsList } from '@tandem/formats'
import { extractStream } from '@tandem/identifiers'

const [what = 'extract', gigabytes = '5'] = process.argv.slice(2)
const wanted = Number(gigabytes) * 1e9

async function* repeated(first: string, part: string, last: string): AsyncGenerator<Uint8Array> {
  const block = Buffer.from(part.repeat(Math.ceil(1_000_000 / part.length)))
  let sent = 0
  yield Buffer.from(first)
  for (; sent < wanted; sent += block.length) {
    yield block
    // Lets the collector and the clock have their turn, as a disk would.
    await new Promise((resolve) => setImmediate(resolve))
  }
  yield Buffer.from(last)
}

const entry = `{"MediaID":1,"Category":1,"MD5":"0123456789ABCDEF0123456789ABCDEF","MediaSize":"31","Comments":"${'invented '.repeat(20)}"},\n`
const line = `198.51.100.7 - - [04/May/2026:09:12:33 +0000] "GET /page.html HTTP/1.1" 200 5 "-" "Mozilla/5.0 (X11)"\n`
const chat = `Test Person: ${'words of a talk '.repeat(12)} write to test.person@mail.example or 203.0.113.7\n`

async function read(id: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  let records = 0
  if (id === 'vics/1') {
    for await (const _ of readVicsList(source)) records += 1
    return records
  }
  const reader = readers.find((each) => each.id === id)
  if (reader?.stream === undefined) throw new Error(`${id} has no streaming reader`)
  const limits = { ...defaultLimits, maxRecords: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER }
  for await (const _ of reader.stream(source, limits)) records += 1
  return records
}

async function found(source: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0
  for await (const _ of extractStream(source)) count += 1
  return count
}

const before = process.cpuUsage()
const count =
  what === 'vics'
    ? await read(
        'vics/1',
        repeated(
          '{"odata.metadata":"test/ProjectVic/DataModels/1.2.xml#Media","value":[\n',
          entry,
          `${entry.slice(0, -2)}]}`,
        ),
      )
    : what === 'log'
      ? await read('access-log', repeated('', line, ''))
      : await found(repeated('', chat, ''))
const { user, system } = process.cpuUsage(before)
const peak = process.resourceUsage().maxRSS / 1024
console.log(
  `  ${what.padEnd(10)} ${gigabytes} GB, ${count} ${what === 'extract' ? 'identifiers' : 'records'}, ` +
    `${(wanted / 1e6 / ((user + system) / 1e6)).toFixed(0)} MB a second of processor time, at most ${peak.toFixed(0)} MB of memory`,
)
