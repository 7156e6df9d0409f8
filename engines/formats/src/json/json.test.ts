import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type JsonNode, readJson, readJsonNotingRules } from './index.ts'

const suite = join(import.meta.dirname, '../../../../fixtures/bad-inputs/json-parsing')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const faultOf = (text: string): string | null => {
  const reading = readJson(bytesOf(text))
  return reading.ok ? null : reading.error.code
}

/** What JSON.parse would give, to compare with it. */
function plain(node: JsonNode): unknown {
  if (node.type === 'array') return node.items.map(plain)
  if (node.type === 'object') return Object.fromEntries([...node.members].map(([key, value]) => [key, plain(value)]))
  if (node.type === 'null') return null
  if (node.type === 'number') return Number(node.text)
  return node.value
}

describe('JSON reading', () => {
  it('agrees with every must-accept and must-refuse file of the published suite', () => {
    // RFC 8259 section 4 allows duplicate names, so the suite must accept them; our rule refuses them.
    const ours = new Set(['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json'])
    let seen = 0
    for (const name of readdirSync(suite)) {
      const bytes = readFileSync(join(suite, name))
      const reading = readJsonNotingRules(bytes)
      if (name.startsWith('y_')) {
        assert.ok(reading.ok, name)
        assert.equal(reading.value.ruleFaults.length > 0, ours.has(name), name)
        if (!ours.has(name))
          assert.deepEqual(plain(reading.value.root), JSON.parse(new TextDecoder().decode(bytes)), name)
      } else if (name.startsWith('n_')) assert.ok(!reading.ok, name)
      if (/^[yn]_/.test(name)) seen += 1
    }
    assert.equal(seen, 283)
  })

  it('reads any value as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const reading = readJsonNotingRules(bytesOf(text))
        assert.ok(reading.ok)
        if (reading.value.ruleFaults.length === 0) assert.deepEqual(plain(reading.value.root), JSON.parse(text))
      }),
    )
  })

  it('gives the byte span of each string, quotes included', () => {
    const text = '{"é":"a\\u0062c","b":["x"]}'
    const bytes = bytesOf(text)
    const reading = readJson(bytes)
    assert.ok(reading.ok && reading.value.root.type === 'object')
    const node = reading.value.root.members.get('é')
    assert.ok(node?.type === 'string')
    assert.equal(node.value, 'abc')
    assert.equal(new TextDecoder().decode(bytes.subarray(node.start, node.end)), '"a\\u0062c"')
  })

  it('refuses duplicate keys, also when one is escaped', () => {
    assert.equal(faultOf('{"a":1,"a":2}'), 'json-duplicate-key')
    assert.equal(faultOf('{"a":1,"\\u0061":2}'), 'json-duplicate-key')
    assert.equal(faultOf('{"a":{"b":1},"c":{"b":1}}'), null)
  })

  it('refuses keys that poison prototypes at any depth and leaves Object.prototype alone', () => {
    for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
      assert.equal(faultOf(`{"a":[{"${key}":{"isAdmin":true}}]}`), 'json-poisoned-key')
    }
    assert.equal(Object.hasOwn(Object.prototype, 'isAdmin'), false)
  })

  it('holds its limits exactly', () => {
    const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
    assert.equal(faultOf(deep(64)), null)
    assert.equal(faultOf(deep(65)), 'json-too-deep')
    const keys = (count: number): string => `{${Array.from({ length: count }, (_, at) => `"k${at}":1`).join(',')}}`
    assert.equal(faultOf(keys(10_000)), null)
    assert.equal(faultOf(keys(10_001)), 'json-too-many-keys')
    assert.equal(faultOf(`"${'x'.repeat(262_144)}"`), null)
    assert.equal(faultOf(`"${'x'.repeat(262_145)}"`), 'json-string-too-long')
    assert.equal(faultOf(`{"${'x'.repeat(1025)}":1}`), 'json-key-too-long')
    assert.equal(faultOf('1e400'), 'json-number-overflow')
    assert.ok(!readJson(bytesOf('[1,2]'), { maxBytes: 4 }).ok)
    assert.ok(!readJson(bytesOf('[1,2]'), { maxValues: 2 }).ok)
  })

  it('keeps numbers that a double would change as text, with a note', () => {
    const kept = ['9007199254740993', '123456789012345678901234567890', '0.1234567890123456789', '1e-400']
    for (const text of kept) {
      const reading = readJson(bytesOf(text))
      assert.ok(reading.ok && reading.value.root.type === 'number', text)
      assert.equal(reading.value.root.value, null, text)
      assert.equal(reading.value.root.text, text)
      assert.deepEqual(
        reading.value.notes.map((note) => note.code),
        ['json-number-kept-as-text'],
      )
    }
    for (const text of ['9007199254740992', '0.1', '1.50', '15e-1', '-0', '100000000000000000000', '1E3', '0.0']) {
      const reading = readJson(bytesOf(text))
      assert.ok(reading.ok && reading.value.root.type === 'number', text)
      assert.equal(reading.value.root.value, Number(text), text)
    }
  })

  it('notes NUL and lone surrogates instead of losing them', () => {
    const codes = (text: string): string[] => {
      const reading = readJson(bytesOf(text))
      return reading.ok ? reading.value.notes.map((note) => note.code) : []
    }
    assert.deepEqual(codes('"a\\u0000b"'), ['json-nul'])
    assert.deepEqual(codes('"a\\ud800b"'), ['json-lone-surrogate'])
    assert.deepEqual(codes('"\\ud83d\\ude00"'), [])
  })

  it('reads 8 MB of nasty shapes in linear time', () => {
    const shapes = [
      '"\\\\'.repeat(2e6),
      '[[],'.repeat(2e6),
      `"${'\\u0041'.repeat(1e6)}"`,
      '-'.repeat(8e6),
      '1'.repeat(8e6),
    ]
    const before = performance.now()
    for (const shape of shapes) readJson(bytesOf(shape))
    assert.ok(performance.now() - before < 5000)
  })
})
