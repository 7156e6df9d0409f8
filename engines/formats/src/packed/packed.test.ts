import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constants, deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { dice } from '../../test/hardships.ts'
import { Gunzip } from './gunzip.ts'
import { Inflate } from './inflate.ts'

function inflated(bytes: Uint8Array, size: number): { out: Buffer; state: string; unused: number } {
  const inflate = new Inflate()
  const out: Uint8Array[] = []
  let at = 0
  for (; at < bytes.length && inflate.state === 'going'; at += size) {
    for (const piece of inflate.push(bytes.slice(at, at + size))) out.push(piece)
  }
  const behind = Math.max(0, bytes.length - at)
  if (inflate.state === 'going') for (const piece of inflate.push(new Uint8Array(0), true)) out.push(piece)
  return { out: Buffer.concat(out), state: inflate.state, unused: inflate.unused.length + behind }
}

const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED]

test('whatever zlib deflates comes out again, in pieces of any size, and the end is known to the byte', () => {
  const data = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 3000 })), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(
      data,
      fc.integer({ min: 0, max: 9 }),
      fc.constantFrom(...strategies),
      fc.integer({ min: 1, max: 5000 }),
      (runs, level, strategy, size) => {
        const plain = Buffer.concat(
          runs.map(([piece, times]) => Buffer.concat(new Array<Uint8Array>(times).fill(piece))),
        )
        const packed = deflateRawSync(plain, { level, strategy })
        const { out, state, unused } = inflated(Buffer.concat([packed, Buffer.from('behind')]), size)
        assert.equal(state, 'done')
        assert.ok(out.equals(plain))
        assert.equal(unused, 6)
      },
    ),
    { numRuns: 150 },
  )
})

test('the end is known to the byte for every last symbol and every size of piece', () => {
  const roll = dice(11)
  for (let round = 0; round < 400; round += 1) {
    const letters = 2 + Math.floor(roll() * 40)
    const plain = Buffer.from(Array.from({ length: 60 + round }, () => 97 + Math.floor(roll() ** 4 * letters)))
    const packed = Buffer.concat([deflateRawSync(plain, { strategy: constants.Z_HUFFMAN_ONLY }), Buffer.alloc(12, 1)])
    for (let size = 1; size < 12; size += 1)
      assert.deepEqual(inflated(packed, size), { out: plain, state: 'done', unused: 12 })
  }
})

test('random text of megabytes', () => {
  const roll = dice(3)
  const plain = Buffer.from(Array.from({ length: 300_000 }, () => (roll() * 30).toString(36)).join(' '))
  for (const size of [1000, 65_536, 10_000_000]) assert.ok(inflated(deflateRawSync(plain), size).out.equals(plain))
})

test('damage ends as damage, never as a hang or as wrong bytes that pass', () => {
  const plain = Buffer.from('some words and again some words '.repeat(400))
  const packed = gzipSync(plain)
  const roll = dice(5)
  for (let round = 0; round < 500; round += 1) {
    const changed = Buffer.from(packed)
    const at = Math.floor(roll() * changed.length)
    changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(roll() * 8))
    const parts = [...new Gunzip().push(changed, true)]
    const out = Buffer.concat(parts.flatMap((part) => (part.kind === 'bytes' ? [part.bytes] : [])))
    if (!parts.some(({ kind }) => kind === 'damaged')) assert.ok(out.equals(plain))
  }
  for (let cut = 1; cut < packed.length; cut += 1) {
    const parts = [...new Gunzip().push(packed.subarray(0, cut), true)]
    assert.ok(
      parts.some((part) => part.kind === 'damaged'),
      `cut at ${cut}`,
    )
  }
})

test('members in a row are told apart, and a damaged one costs itself', () => {
  const members = ['one', 'two', 'three'].map((word) => gzipSync(Buffer.from(word.repeat(100))))
  const second = Buffer.from(members[1] ?? assert.fail())
  second.fill(0xff, 12, 20)
  const bytes = Buffer.concat([members[0] ?? second, second, members[2] ?? second])
  const gunzip = new Gunzip()
  const parts = [...bytes].flatMap((byte) => [...gunzip.push(Buffer.of(byte))]).concat([...gunzip.end()])
  assert.deepEqual(
    parts.filter(({ kind }) => kind !== 'bytes').map(({ kind }) => kind),
    ['member-end', 'damaged', 'member-end'],
  )
  const text = Buffer.concat(parts.flatMap((part) => (part.kind === 'bytes' ? [part.bytes] : []))).toString()
  assert.ok(text.startsWith('one') && text.endsWith('three'))
})
