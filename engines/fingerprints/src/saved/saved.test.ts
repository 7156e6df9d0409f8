import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseHeader } from './header.ts'
import { type ByteSource, describeSaved, openSaved, type Section, sourceOfBytes, writeSaved } from './index.ts'

const expected = { kind: 'test-form', newestVersion: 3 }
const form = { kind: 'test-form', version: 3, about: { made: 'by a test', count: 2 } }
const sections: Section[] = [
  { name: 'words', bytes: Uint8Array.from({ length: 70 }, (_, index) => index) },
  { name: 'nothing', bytes: new Uint8Array(0) },
  { name: 'end', bytes: Uint8Array.of(9, 8, 7) },
]

const write = (...given: Parameters<typeof writeSaved>) => new Uint8Array(Buffer.concat([...writeSaved(...given)]))

/** Opens and loads everything; gives the first refusal's code, or null. */
function refusal(bytes: Uint8Array): string | null {
  const opened = openSaved(sourceOfBytes(bytes), expected)
  if (!opened.ok) return opened.error.code
  const checked = opened.value.check()
  for (const { name } of opened.value.sections) {
    const loaded = opened.value.load(name)
    if (!loaded.ok) {
      assert.equal(checked.ok, false, 'check finds what load finds')
      return loaded.error.code
    }
  }
  assert.equal(checked.ok, true)
  return null
}

/** The same header fields under a right digest: what a hostile writer could make. */
function withHeader(text: string): Uint8Array {
  const encoded = Buffer.from(text)
  const start = Buffer.alloc(16)
  start.set(write(form, []).subarray(0, 12))
  start.writeUInt32LE(encoded.length, 12)
  const sealed = Buffer.concat([start, encoded])
  return Buffer.concat([sealed, createHash('sha256').update(sealed).digest()])
}

test('what was written is read back, aligned for typed arrays', () => {
  const bytes = write(form, sections)
  const opened = openSaved(sourceOfBytes(bytes), expected)
  assert.ok(opened.ok)
  assert.deepEqual(opened.value.about, form.about)
  assert.equal(opened.value.length, bytes.length)
  assert.equal(opened.value.lengthOf('words'), 70)
  assert.equal(opened.value.lengthOf('none'), null)
  for (const section of sections) {
    const loaded = opened.value.load(section.name)
    assert.ok(loaded.ok)
    assert.deepEqual(loaded.value, section.bytes)
  }
  assert.equal(bytes.indexOf(9, bytes.length - 3) % 64, 0)
  const described = describeSaved(sourceOfBytes(bytes))
  assert.ok(described.ok)
  assert.equal(described.value.kind, 'test-form')
})

test('any sections come back as they were', () => {
  const anySections = fc.uniqueArray(fc.record({ name: fc.string({ maxLength: 4 }), bytes: fc.uint8Array() }), {
    selector: (section) => section.name,
    maxLength: 12,
  })
  fc.assert(
    fc.property(anySections, fc.dictionary(fc.string(), fc.integer()), (given, about) => {
      const bytes = write({ kind: 'test-form', version: 1, about }, given)
      const opened = openSaved(sourceOfBytes(bytes), expected)
      assert.ok(opened.ok)
      assert.deepEqual(Object.entries(opened.value.about).sort(), Object.entries(about).sort())
      for (const { name, bytes: wanted } of given) {
        const loaded = opened.value.load(name)
        assert.ok(loaded.ok)
        assert.deepEqual(loaded.value, wanted)
      }
    }),
    { numRuns: 200 },
  )
})

test('a section goes straight into memory the caller provides, shared memory too', () => {
  const opened = openSaved(sourceOfBytes(write(form, sections)), expected)
  assert.ok(opened.ok)
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true })
  const into = new Uint8Array(memory.buffer, 128, 70)
  const loaded = opened.value.load('words', into)
  assert.ok(loaded.ok)
  assert.equal(new Uint8Array(memory.buffer)[128 + 69], 69)
  assert.throws(() => opened.value.load('words', new Uint8Array(69)), RangeError)
})

test('a saved file is made from shared memory, in views and not in copies', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(100)).fill(5)
  const parts = [...writeSaved(form, [{ name: 'shared', bytes: shared }])]
  assert.equal(parts.at(-1)?.buffer, shared.buffer)
  assert.equal(refusal(Buffer.concat(parts)), null)
})

test('every changed byte is refused', () => {
  const bytes = write(form, sections)
  assert.equal(refusal(bytes), null)
  for (let place = 0; place < bytes.length; place++) {
    for (const flip of [1, 0x80, 0xff]) {
      const changed = bytes.slice()
      changed[place] = (changed[place] ?? 0) ^ flip
      assert.notEqual(refusal(changed), null, `byte ${place} changed by ${flip}`)
    }
  }
})

test('every truncation is refused as truncated, anything added as altered', () => {
  const bytes = write(form, sections)
  for (let length = 0; length < bytes.length; length++) {
    assert.equal(refusal(bytes.subarray(0, length)), 'truncated', `${length} bytes left`)
  }
  assert.equal(refusal(Buffer.concat([bytes, Buffer.alloc(1)])), 'altered')
})

test('foreign files, other kinds and newer versions are named as such', () => {
  assert.equal(refusal(Buffer.from('SQLite format 3\0 and some more bytes to come')), 'foreign')
  assert.equal(refusal(write({ ...form, kind: 'another' }, sections)), 'foreign')
  assert.equal(refusal(write({ ...form, version: 4 }, sections)), 'newer')
  const container = write(form, sections)
  container[8] = 2
  assert.equal(refusal(container), 'newer')
  container[8] = 0
  assert.equal(refusal(container), 'altered')
})

test('a header of nonsense under a right digest is refused', () => {
  const base = { kind: 'test-form', version: 1, about: {}, length: 0, sections: [] }
  const sha256 = 'a'.repeat(64)
  const nonsense = [
    'not json',
    '[]',
    'null',
    JSON.stringify({ ...base, kind: 7 }),
    JSON.stringify({ ...base, version: 0 }),
    JSON.stringify({ ...base, version: '1' }),
    JSON.stringify({ ...base, about: [] }),
    JSON.stringify({ ...base, length: -1 }),
    JSON.stringify({ ...base, length: 1e300 }),
    JSON.stringify({ ...base, sections: {} }),
    JSON.stringify({ ...base, sections: [{ name: 'a', offset: 0, length: 4, sha256 }] }),
    JSON.stringify({ ...base, length: 9e15, sections: [{ name: 'a', offset: 320, length: 9e15, sha256 }] }),
  ]
  for (const text of nonsense) assert.match(String(refusal(withHeader(text))), /altered|truncated/, text)
})

test('sections must lie one after the other, each named once, within safe numbers', () => {
  const place = (name: string, offset: number, length: number) => ({ name, offset, length, sha256: 'a'.repeat(64) })
  const parse = (length: number, ...listed: object[]) =>
    parseHeader(JSON.stringify({ kind: 'k', version: 1, about: {}, length, sections: listed }), 100).ok
  assert.equal(parse(132, place('a', 128, 4)), true)
  assert.equal(parse(6 * 2 ** 30 + 128, place('a', 128, 6 * 2 ** 30)), true)
  assert.equal(parse(6 * 2 ** 30 + 132, place('a', 128, 6 * 2 ** 30), place('b', 6 * 2 ** 30 + 128, 4)), true)
  assert.equal(parse(131, place('a', 128, 4)), false)
  assert.equal(parse(68, place('a', 64, 4)), false)
  assert.equal(parse(196, place('a', 192, 4)), false)
  assert.equal(parse(196, place('a', 128, 4), place('a', 192, 4)), false)
  assert.equal(parse(132, place('a', 128, 4), place('b', 128, 4)), false)
  assert.equal(parse(132, { ...place('a', 128, 4), sha256: 'x' }), false)
})

test('sections beyond 4 GiB are found again', () => {
  // Two true places in a file that is never held: zeros between, given by a source.
  const length = 5 * 2 ** 30
  const zeros = createHash('sha256').update(Buffer.alloc(4)).digest('hex')
  const text = JSON.stringify({
    kind: 'test-form',
    version: 1,
    about: {},
    length: 512 + length + 4,
    sections: [
      { name: 'large', offset: 512, length, sha256: zeros },
      { name: 'small', offset: 512 + length, length: 4, sha256: zeros },
    ],
  })
  const start = withHeader(text.padEnd(512 - 16 - 32 - 1))
  const asked: number[] = []
  const source: ByteSource = {
    size: 512 + length + 4,
    read(offset, into) {
      asked.push(offset)
      into.fill(0)
      if (offset < start.length) into.set(start.subarray(offset, offset + into.length))
      return into.length
    },
  }
  const opened = openSaved(source, expected)
  assert.ok(opened.ok)
  assert.ok(opened.value.load('small').ok)
  assert.equal(asked.at(-1), 512 + length)
})

test('a medium that fails or gives little at a time is no surprise', () => {
  const bytes = write(form, sections)
  const whole = sourceOfBytes(bytes)
  const drops: ByteSource = { size: bytes.length, read: (offset, into) => whole.read(offset, into.subarray(0, 3)) }
  const opened = openSaved(drops, expected)
  assert.ok(opened.ok)
  assert.ok(opened.value.load('words').ok)
  const failing: ByteSource = {
    size: bytes.length,
    read() {
      throw new Error('EIO: i/o error')
    },
  }
  const refused = openSaved(failing, expected)
  assert.ok(!refused.ok)
  assert.equal(refused.error.code, 'unreadable')
  const shrunk = openSaved({ size: bytes.length, read: () => 0 }, expected)
  assert.ok(!shrunk.ok)
  assert.equal(shrunk.error.code, 'truncated')
})

test('a form that could not be opened again is not written', () => {
  const twice = [sections[0], sections[0]].filter((section) => section !== undefined)
  assert.throws(() => write(form, twice), RangeError)
  assert.throws(() => write({ ...form, version: 0 }, []), RangeError)
  assert.throws(() => write({ ...form, kind: '' }, []), RangeError)
})
