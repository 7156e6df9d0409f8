import assert from 'node:assert/strict'
import { defaultLimits, type Limits, type Reader, type ReaderEnd } from '../src/reader.ts'
import type { AnyRecord, Entry } from '../src/record.ts'

export type AnyReader = Pick<Reader, 'read' | 'stream'>
export interface Whole {
  readonly entries: readonly Entry<AnyRecord>[]
  readonly end: ReaderEnd | undefined
}

export function readWhole(reader: AnyReader, bytes: Uint8Array, limits: Partial<Limits> = {}): Whole {
  const entries: Entry<AnyRecord>[] = []
  const reading = reader.read(bytes, { ...defaultLimits, ...limits })
  for (;;) {
    const step = reading.next()
    if (step.done === true) return { entries, end: step.value }
    entries.push(step.value)
  }
}

export async function streamWhole(reader: AnyReader, bytes: Uint8Array, size: number, skip = 0): Promise<Whole> {
  assert.ok(reader.stream !== undefined)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
  }
  const entries: Entry<AnyRecord>[] = []
  const reading = reader.stream(pieces(), defaultLimits, skip)
  for (;;) {
    const step = await reading.next()
    if (step.done === true) return { entries, end: step.value }
    entries.push(step.value)
  }
}

export function outcomes({ entries }: Whole): { accepted: number; remarked: number; setAside: number } {
  const of = (outcome: string): number => entries.filter((entry) => entry.outcome === outcome).length
  return { accepted: of('accepted'), remarked: of('remarked'), setAside: of('set-aside') }
}

export const codes = ({ entries }: Whole): string[] =>
  entries.flatMap((entry) =>
    entry.outcome === 'accepted'
      ? []
      : entry.outcome === 'set-aside'
        ? [entry.reason.code]
        : entry.remarks.map(({ code }) => code),
  )

/** Small and seeded, so that a failure comes again (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Every hardship a file may have gone through: nothing may throw or hang, and what comes out is well-formed entries. */
export function survives(reader: AnyReader, bytes: Uint8Array, options: { every?: number; rolls?: number } = {}): void {
  const { every = 64, rolls = 40 } = options
  const started = performance.now()
  const check = (damaged: Uint8Array): void => {
    const { entries } = readWhole(reader, damaged)
    for (const entry of entries) {
      assert.ok(entry.place !== '')
      if (entry.outcome === 'remarked') assert.ok(entry.remarks.length > 0)
    }
    assert.ok(performance.now() - started < 14_000, 'in time')
  }
  const step = Math.max(every, Math.floor(bytes.length / 400))
  for (let at = 0; at <= bytes.length; at += step) check(bytes.subarray(0, at))
  const roll = dice(bytes.length)
  for (let round = 0; round < rolls; round += 1) {
    const changed = Uint8Array.from(bytes)
    for (let each = 0; each <= round; each += 1) changed[Math.floor(roll() * bytes.length)] = Math.floor(roll() * 256)
    check(changed)
  }
  check(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]))
  check(Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(Buffer.from(bytes).toString('latin1'), 'utf16le')]))
  check(Buffer.concat([bytes.subarray(0, bytes.length >> 1), Buffer.alloc(100), bytes.subarray(bytes.length >> 1)]))
  check(Buffer.concat([bytes, Buffer.from('"\\ud800'), Buffer.alloc(1_000_000, 0x61)]))
  check(Buffer.alloc(1_000_000, '[{"a":'))
  check(Buffer.alloc(1_000_000, '"'))
}

/** `read` and `stream` in pieces of any size say the same, and a reading can be resumed. */
export async function agrees(
  reader: AnyReader,
  bytes: Uint8Array,
  sizes: readonly number[] = [1, 7, 64, 1021, 70_000],
) {
  const whole = readWhole(reader, bytes)
  for (const size of sizes) assert.deepEqual(await streamWhole(reader, bytes, size), whole, `in pieces of ${size}`)
  const skip = whole.entries.length >> 1
  const rest = await streamWhole(reader, bytes, 977, skip)
  assert.deepEqual(rest.entries, whole.entries.slice(skip), 'resumed')
}
