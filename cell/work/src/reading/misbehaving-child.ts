import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { FrameReader, frameHead } from './frames.ts'

/** For the tests of the box: does with a file what its text says. */
const say = (answer: unknown): boolean => process.stdout.write(frameHead(JSON.stringify(answer)))
const end = (records: number) => ({
  says: 'end',
  reading: {
    format: null,
    account: { records, accepted: 0, remarked: 0, setAside: records },
    claimedRecords: null,
    remarks: [],
  },
})
const entry = (place: string) => ({
  says: 'entry',
  entry: { outcome: 'set-aside', place, reason: { code: 'told', place, says: place } },
})
const tell = (text: string): void => {
  say(entry(text))
  say(end(1))
}
const hoard: unknown[] = []
let seen = 0

const ways: { readonly [word: string]: () => void } = {
  well: () => tell('well'),
  spin: () => {
    for (;;) Math.random()
  },
  sleep: () => {},
  die: () => process.exit(3),
  'die at the second file': () => (seen > 1 ? process.exit(3) : tell('fresh')),
  'fill the heap': () => {
    for (;;) hoard.push(new Array(10_000).fill({ seen }))
  },
  'fill buffers': () => {
    for (;;) hoard.push(Buffer.allocUnsafeSlow(64 * 1024 * 1024))
  },
  babble: () => void process.stdout.write(frameHead('{"says":"end","reading":{"account":7}}')),
  'lose an entry': () => void say(end(1)),
  'not JSON': () => void process.stdout.write(frameHead('{')),
  'many entries': () => {
    for (let at = 0; at < 2_000; at++) say(entry(`row ${at}`))
    say(end(2_000))
  },
  'a large answer': () =>
    void process.stdout.write(Buffer.concat([Buffer.from([0, 0, 0, 2, 8, 0, 0, 0]), Buffer.alloc(4_000_000)])),
  'look around': () => {
    const seenFile = (path: string): string => {
      try {
        readFileSync(path)
        return 'readable'
      } catch {
        return 'closed'
      }
    }
    const words = [Object.keys(process.env).sort().join(','), seenFile('/etc/passwd'), readLimits()]
    connect(9, '127.0.0.1')
      .on('error', (error) => tell([...words, 'code' in error ? String(error.code) : ''].join('|')))
      .on('connect', () => tell('connected'))
  },
}

function readLimits(): string {
  return process.report === undefined ? '' : JSON.stringify(limitsOf(process.report.getReport()))
}

function limitsOf(report: object): unknown {
  if (!('userLimits' in report) || typeof report.userLimits !== 'object' || report.userLimits === null) return null
  return 'core_file_size_blocks' in report.userLimits ? report.userLimits.core_file_size_blocks : null
}

const frames = new FrameReader()
process.stdin.on('data', (chunk: Buffer) => {
  for (const { bytes } of frames.push(chunk)) {
    seen++
    ways[Buffer.from(bytes).toString('utf8')]?.()
  }
})
process.stdin.on('end', () => process.exit(0))
say({ says: 'ready' })
