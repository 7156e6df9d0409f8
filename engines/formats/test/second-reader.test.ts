import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { AnyRecord, ItemRecord, ListEntryRecord } from '../src/record.ts'
import { type Written, writeCaseUco, writeMisp, writeStix, writeVics } from '../src/write/index.ts'
import { essenceOf, listEntry, options, records } from './written-records.ts'

const script = join(import.meta.dirname, 'second_reader.py')
const isHere = spawnSync('python3', ['--version']).status === 0
const skip = isHere ? false : 'python3 is not on this machine: the second reader was not run'

type Told = readonly [reference: string | null, at: string | null, holds: readonly string[]]

/** What the second reader makes of each text, in one process. */
function readSecond(format: string, texts: readonly string[]): readonly (readonly Told[])[] {
  const input = texts.map((text) => `${JSON.stringify({ format, text })}\n`).join('')
  const { status, stdout, stderr } = spawnSync('python3', [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  })
  assert.equal(status, 0, stderr)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const itemTold = (record: ItemRecord): Told => {
  const { reference, at, holds } = essenceOf(record)
  return [reference, at, byCode(holds)]
}

/** By code points, as Python sorts; UTF-16 units order the rarer planes otherwise. */
const byCode = (texts: Iterable<string>): string[] =>
  [...new Set(texts)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

const entryTold = ({ entryId, hashes, otherHashes, category, flags }: ListEntryRecord): Told => [
  entryId,
  null,
  byCode([
    ...[...hashes, ...otherHashes].map(({ kind, value }) => `null ${kind} ${value}`),
    ...Object.entries(flags).map(([name, said]) => `${name} ${said}`),
    `category ${category?.value ?? 'null'}`,
  ]),
]

function agrees<R extends AnyRecord>(
  format: string,
  written: readonly R[][],
  write: (all: readonly R[]) => Written,
  told: (record: R) => Told,
): void {
  const all = written.map((each) => write(each))
  for (const { notWritten } of all) assert.deepEqual(notWritten, [])
  const read = readSecond(
    format,
    all.map(({ text }) => text),
  )
  assert.deepEqual(
    read,
    written.map((each) => each.map(told)),
  )
}

const sampled = (): ItemRecord[][] => fc.sample(records, 150)

test('MISP as a second reader understands it', { skip }, () => {
  agrees('misp', sampled(), (all) => writeMisp(all, options()), itemTold)
})
test('CASE / UCO as a second reader understands it, every prefix declared', { skip }, () => {
  // A provenance record always has a time: that of the writing where the record has none.
  agrees(
    'case',
    sampled(),
    (all) => writeCaseUco(all, options()),
    (record) => {
      const [reference, at, holds] = itemTold(record)
      return [reference, at ?? options().now, holds]
    },
  )
})
test('STIX as a second reader understands it', { skip }, () => {
  agrees('stix', sampled(), (all) => writeStix(all, options()), itemTold)
})
test('VICS as a second reader understands it', { skip }, () => {
  const lists = fc.sample(fc.array(listEntry, { minLength: 1, maxLength: 5 }), 150)
  agrees('vics', lists, (all) => writeVics(all, 'UK'), entryTold)
})
test('the second reader would notice: one digit of one value changed', { skip }, () => {
  const [all = []] = fc.sample(records, { numRuns: 1, seed: 7 })
  const { text } = writeMisp(all, options())
  const changed = text.replace(
    /("value": ".*)([0-9a-h])"/,
    (_, before, last) => `${before}${last === '0' ? '1' : '0'}"`,
  )
  assert.notEqual(changed, text)
  const [one, other] = readSecond('misp', [text, changed])
  assert.notDeepEqual(one, other)
})
