import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { openSaved, type Section, sourceOfBytes, writeSaved } from '../saved/index.ts'
import { ExactBuilder, exactFromParts, exactParts, openExact, saveExact } from './index.ts'

const hashOf = (number: number) => createHash('sha1').update(String(number)).digest()

function twoLists(count: number) {
  const builder = new ExactBuilder('sha1')
  for (let number = 0; number < count; number++) {
    builder.add(hashOf(number), 1 + (number % 2), number)
    if (number % 5 === 0) builder.add(hashOf(number), 3, number)
  }
  return builder.build()
}

const refusal = (bytes: Uint8Array): string | null => {
  const opened = openExact(sourceOfBytes(bytes))
  return opened.ok ? null : opened.error.code
}

test('every changed byte and every truncation of a saved index is refused', () => {
  const bytes = Buffer.concat([...saveExact(twoLists(8))])
  assert.equal(refusal(bytes), null)
  for (let place = 0; place < bytes.length; place++) {
    const changed = Buffer.from(bytes)
    changed[place] = (changed[place] ?? 0) ^ 0x41
    assert.notEqual(refusal(changed), null, `byte ${place}`)
  }
  for (let length = 0; length < bytes.length; length++) {
    assert.equal(refusal(bytes.subarray(0, length)), 'truncated', `${length} bytes`)
  }
})

/** A file whose digests are right and whose content is not: only the fit and the planted entries can tell. */
function forged(change: (section: Section) => Section, about: object = {}): string | null {
  const parts = exactParts(twoLists(6000))
  const sections = parts.sections.map((section) => change({ name: section.name, bytes: section.bytes.slice() }))
  const form = { kind: 'exact-index', version: 1, about: { ...parts.about, ...about } }
  return refusal(Buffer.concat([...writeSaved(form, sections)]))
}

test('a file with right digests and wrong content does not pass the self-test', () => {
  assert.equal(
    forged((section) => section),
    null,
  )
  const damage = (name: string, harm: (bytes: Uint8Array) => Uint8Array) =>
    forged((section) => (section.name === name ? { name, bytes: harm(section.bytes) } : section))
  const zero = (bytes: Uint8Array) => bytes.fill(0)
  for (const name of ['hashes', 'entry-of', 'list-of', 'filter', 'lists']) {
    assert.match(String(damage(name, zero)), /failed-self-test|altered/, name)
  }
  assert.equal(damage('buckets', zero), 'altered')
  assert.equal(
    damage('buckets', (bytes) => bytes.reverse()),
    'altered',
  )
  for (const name of ['hashes', 'entry-of', 'list-of', 'filter', 'buckets', 'several', 'planted']) {
    assert.match(String(damage(name, (bytes) => bytes.subarray(0, -4))), /failed-self-test|altered/, name)
  }
  assert.equal(
    damage('planted', () => new Uint8Array(0)),
    'failed-self-test',
  )
})

test('a description that does not fit its columns is refused', () => {
  const same = (section: Section) => section
  for (const about of [
    { hash: 'crc32' },
    { hash: 'md5' },
    { hashes: 5999 },
    { hashes: -1 },
    { pairs: 1 },
    { bucketBits: 0 },
    { bucketBits: 31 },
    { bucketBits: 5 },
    { listWidth: 2 },
    { listWidth: 3 },
    { listWidth: 0 },
    { filter: { seed: 0, segmentLength: 3, span: 12 } },
    { filter: { seed: 0, segmentLength: 4, span: 12 } },
    { filter: 'yes' },
    { filter: [] },
  ]) {
    assert.equal(forged(same, about), 'altered', JSON.stringify(about))
  }
  assert.match(String(forged((section) => ({ ...section, name: `x${section.name}` }))), /altered|missing/)
})

test('several indexes share one file under names of their own', () => {
  const parts = [exactParts(twoLists(10), 'a/'), exactParts(twoLists(20), 'b/')]
  const bytes = Buffer.concat([
    ...writeSaved(
      { kind: 'many', version: 1, about: {} },
      parts.flatMap(({ sections }) => sections),
    ),
  ])
  const opened = openSaved(sourceOfBytes(bytes), { kind: 'many', newestVersion: 1 })
  assert.ok(opened.ok)
  const second = exactFromParts(opened.value, parts[1]?.about ?? {}, 'b/')
  assert.ok(second.ok)
  assert.deepEqual(second.value.lookup(hashOf(15)), [
    { list: 2, entry: 15 },
    { list: 3, entry: 15 },
  ])
})

test('an index of another kind or a newer version is refused by name', () => {
  const write = (kind: string, version: number) => Buffer.concat([...writeSaved({ kind, version, about: {} }, [])])
  assert.equal(refusal(write('perceptual-index', 1)), 'foreign')
  assert.equal(refusal(write('exact-index', 2)), 'newer')
})
