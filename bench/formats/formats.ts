// npm run bench -- formats [--megabytes 32] [--gigabytes 0.5] [--bulk-extractor PATH]
// npm run bench -- formats --robust [PATH ...]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { extraction } from './extract.ts'
import * as bench from './readers.ts'
import { robust } from './robust.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    robust: { type: 'boolean', default: false },
    every: { type: 'string', default: '64' },
    'most-cuts': { type: 'string', default: 'Infinity' },
    changed: { type: 'string', default: '100' },
    beginning: { type: 'string', default: '98304' },
    share: { type: 'string', default: '1/1' },
    megabytes: { type: 'string', default: '32' },
    gigabytes: { type: 'string', default: '0.5' },
    seed: { type: 'string', default: '4' },
    'bulk-extractor': { type: 'string', default: 'bulk_extractor' },
  },
})
const megabytes = Number(values.megabytes)

function line(size: number, rate: bench.Rate | null, missing: string, base: bench.Rate): void {
  if (rate === null) {
    console.log(`  ${missing}: not here; TANDEM_BENCH_PEERS names a folder where it is installed`)
    return
  }
  const speed = `${(size / 1e6 / rate.seconds).toFixed(1)} MB/s of processor time`
  const ratio = rate === base ? '' : `, the reader here is ${(rate.seconds / base.seconds).toFixed(1)} times as fast`
  const records = rate.records === base.records ? '' : ` (others than ${base.records})`
  console.log(`  ${rate.tool.padEnd(18)} ${speed.padEnd(30)} ${rate.records} records${records}${ratio}`)
}

async function readersBesidePeers(folder: string): Promise<void> {
  const path = (name: string): string => join(folder, name)
  const size = (name: string): number => statSync(path(name)).size
  console.log(`readers, each on ${megabytes} MB of invented records`)
  await bench.writeVicsFile(path('vics'), megabytes)
  await bench.ours(path('vics'), 'vics/1')
  const vics = await bench.ours(path('vics'), 'vics/1')
  line(size('vics'), vics, '', vics)
  line(size('vics'), await bench.streamJson(path('vics')), 'stream-json', vics)

  await bench.writeMbox(path('mbox'), megabytes / 4)
  await bench.ours(path('mbox'), 'mbox')
  const mbox = await bench.ours(path('mbox'), 'mbox')
  line(size('mbox'), mbox, '', mbox)
  const mails = Array.from({ length: mbox.records }, (_, at) => Buffer.from(bench.mailOf(at)))
  line(size('mbox'), await bench.mailparser(mails), 'mailparser', mbox)

  await bench.writeWarc(path('warc'), megabytes)
  await bench.ours(path('warc'), 'warc')
  const warc = await bench.ours(path('warc'), 'warc')
  line(size('warc'), warc, '', warc)
  line(size('warc'), await bench.warcio(path('warc')), 'warcio', warc)

  await bench.writeLog(path('log'), megabytes)
  await bench.ours(path('log'), 'access-log')
  const log = await bench.ours(path('log'), 'access-log')
  line(size('log'), log, '', log)
}

/** `2/3`: the second of three who divide the work. */
function shareOf(text: string): { part: number; of: number } {
  const [part = 1, of = 1] = text.split('/').map(Number)
  return { part: part - 1, of }
}

if (values.robust) {
  const options = {
    every: Number(values.every),
    mostCuts: Number(values['most-cuts']),
    changed: Number(values.changed),
    beginning: Number(values.beginning),
    share: shareOf(values.share),
  }
  process.exitCode = (await robust({ paths: positionals, ...options })) ? 0 : 1
} else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-formats-'))
  try {
    await readersBesidePeers(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
  extraction({ megabytes, seed: Number(values.seed), bulkExtractor: values['bulk-extractor'] })
  console.log(`\nmemory, on text that is made while it is read (--gigabytes)`)
  for (const what of ['extract', 'vics', 'log'])
    spawnSync(process.execPath, [join(import.meta.dirname, 'flat.ts'), what, values.gigabytes], { stdio: 'inherit' })
}
