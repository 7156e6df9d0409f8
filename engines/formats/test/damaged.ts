import assert from 'node:assert/strict'
import {
  type AnyRecord,
  defaultLimits,
  type Entry,
  headOf,
  type Limits,
  type Reader,
  type ReaderEnd,
} from '../src/index.ts'
import { noise } from './planted.ts'

type AnyReader = Omit<Reader, 'id'> & { readonly id: string }

export interface Read {
  readonly entries: readonly Entry<AnyRecord>[]
  readonly end: ReaderEnd | undefined
}

export function readWith(reader: AnyReader, bytes: Uint8Array, limits: Partial<Limits> = {}): Read {
  const entries: Entry<AnyRecord>[] = []
  const reading = reader.read(bytes, { ...defaultLimits, ...limits })
  let step = reading.next()
  while (step.done !== true) {
    entries.push(step.value)
    step = reading.next()
  }
  return { entries, end: step.value }
}

/** The same through `stream`, in chunks of one size, after skipping some records. */
export async function streamWith(reader: AnyReader, bytes: Uint8Array, chunk: number, skip = 0): Promise<Read> {
  assert.ok(reader.stream !== undefined)
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    // One buffer used again and again: a reader must not hold on to a chunk.
    const buffer = new Uint8Array(chunk)
    for (let at = 0; at < bytes.length; at += chunk) {
      const part = bytes.subarray(at, at + chunk)
      buffer.set(part)
      yield buffer.subarray(0, part.length)
    }
  }
  const entries: Entry<AnyRecord>[] = []
  const reading = reader.stream(chunks(), defaultLimits, skip)
  let step = await reading.next()
  while (step.done !== true) {
    entries.push(step.value)
    step = await reading.next()
  }
  return { entries, end: step.value }
}

/** What must hold of every reading, whatever the bytes are. */
export function assertSound({ entries }: Read, what: string): void {
  assert.ok(entries.length > 0, what)
  for (const entry of entries) {
    if (entry.outcome === 'set-aside') assert.match(entry.reason.code, /^[a-z0-9-]+$/, what)
    else assert.ok(entry.outcome === 'accepted' || entry.remarks.length > 0, what)
  }
  const stored = JSON.stringify(entries)
  assert.ok(stored.isWellFormed() && !/\\u0000|\\ud[89a-f]/.test(stored), `${what}: not storable`)
}

/** Cut at every 64th byte, bytes changed, NULs, a byte order mark, UTF-16, doubled: no throw, no hang, sound entries. */
export function assertSurvives(reader: AnyReader, sample: Uint8Array, name: string): void {
  const before = performance.now()
  for (let end = 0; end < sample.length; end += 64) check(reader, sample.subarray(0, end), `${name} cut at ${end}`)
  const dice = noise(4096, 7)
  for (let round = 0; round < 40; round += 1) {
    const changed = Uint8Array.from(sample)
    for (let hit = 0; hit < 1 + (round % 12); hit += 1) {
      const at = dice.readUInt32LE((round * 96 + hit * 8) % 4000) % changed.length
      changed[at] = dice[(round * 96 + hit * 8 + 4) % 4096] ?? 0
    }
    check(reader, changed, `${name} changed ${round}`)
  }
  check(reader, Uint8Array.of(0xef, 0xbb, 0xbf, ...sample.subarray(0, 60_000)), `${name} with a mark`)
  check(reader, Buffer.from(`\ufeff${Buffer.from(sample).toString('utf8')}`, 'utf16le'), `${name} in UTF-16`)
  check(
    reader,
    sample.map((byte, at) => (at % 97 === 0 ? 0 : byte)),
    `${name} with NULs`,
  )
  check(reader, Buffer.concat([sample, sample]), `${name} twice`)
  assert.ok(performance.now() - before < 10_000, `${name}: ${performance.now() - before} ms`)
}

function check(reader: AnyReader, bytes: Uint8Array, what: string): void {
  headOf(bytes)
  reader.detect(headOf(bytes))
  assertSound(readWith(reader, bytes), what)
}

/** Texts that cost a careless reader its life. Each must be read within the bound. */
export function assertBounded(reader: AnyReader, texts: Iterable<readonly [name: string, text: string]>): void {
  for (const [name, text] of texts) {
    const before = performance.now()
    check(reader, new TextEncoder().encode(text), `${reader.id}: ${name}`)
    const took = performance.now() - before
    assert.ok(took < 8000, `${reader.id}: ${name} took ${took} ms`)
  }
}
