import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hexOf, readHash } from '../../src/bits/index.ts'
import { asList, built, dice, oneByOne, randomHash } from './world.ts'

const roll = dice(51)

describe('a hash', () => {
  it('is read from digits, bytes and words alike', () => {
    const text = randomHash(roll)
    const bytes = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    const words = Uint32Array.from(text.match(/.{8}/g) ?? [], (digits) => Number.parseInt(digits, 16))
    for (const input of [text, text.toUpperCase(), bytes, words]) {
      const read = readHash(input)
      assert.ok(read.ok)
      assert.equal(hexOf(read.value), text)
    }
  })

  it('is refused with a reason that does not repeat it', () => {
    const cases: [string | Uint8Array | Uint32Array, string, RegExp][] = [
      ['', 'not-64-digits', /has 64 digits; this one has 0/],
      [`${randomHash(roll)}0`, 'not-64-digits', /65/],
      [`${randomHash(roll).slice(0, 62)}g0`, 'not-a-digit', /Character 63/],
      [`${randomHash(roll).slice(0, 63)}\u0101`, 'not-a-digit', /Character 64/],
      [new Uint8Array(31), 'not-32-bytes', /31/],
      [new Uint32Array(9), 'not-8-words', /9/],
    ]
    for (const [input, code, says] of cases) {
      const read = readHash(input)
      assert.ok(!read.ok)
      assert.equal(read.error.code, code)
      assert.match(read.error.says, says)
    }
  })
})

for (const options of [{ tailRows: 4 }, { kernel: 'plain' }] as const) {
  describe(`an index (${JSON.stringify(options)})`, () => {
    it('adds all or nothing', () => {
      const index = built(asList([randomHash(roll)]), options)
      const before = index.size().pairs
      const added = index.add([...asList(Array.from({ length: 500 }, () => randomHash(roll))), ...asList(['nothing'])])
      assert.ok(!added.ok)
      assert.deepEqual([added.error.code, added.error.position], ['not-64-digits', 500])
      assert.equal(index.size().pairs, before)
    })

    it('refuses lists and entries that are no numbers of 32 bits', () => {
      const index = built([], options)
      const hash = randomHash(roll)
      for (const [list, entry] of [
        [-1, 0],
        [0.5, 0],
        [0, 4294967295],
        [4294967295, 0],
        [Number.NaN, 1],
      ] as const) {
        const added = index.add([{ hash, list, entry }])
        assert.ok(!added.ok && added.error.code === 'not-a-number')
      }
      assert.ok(index.add([{ hash, list: 4294967294, entry: 4294967294 }]).ok)
      assert.deepEqual(
        oneByOne(index, [hash], 0).map(({ list, entry }) => [list, entry]),
        [[4294967294, 4294967294]],
      )
    })

    it('refuses a radius that is none, and queries that are no hashes', () => {
      const index = built([], options)
      for (const radius of [-1, 0.5, 257, Number.NaN]) {
        const found = index.query(randomHash(roll), radius)
        assert.ok(!found.ok && found.error.code === 'not-a-radius')
      }
      const found = index.queryMany([randomHash(roll), 'x'], 31)
      assert.ok(!found.ok && found.error.position === 1)
      const packed = index.queryMany(new Uint8Array(33), 31)
      assert.ok(!packed.ok && packed.error.code === 'not-whole-hashes')
    })

    it('takes packed blocks, whose entries count on', () => {
      const hashes = Array.from({ length: 9 }, () => randomHash(roll))
      const packed = Uint8Array.from(hashes.join('').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
      const index = built([], options)
      assert.deepEqual(index.add([{ list: 5, firstEntry: 100, hashes: packed }]), { ok: true, value: 9 })
      const found = index.queryMany(packed, 0)
      assert.ok(found.ok)
      assert.deepEqual(
        found.value.map(({ query, list, entry, hash }) => [query, list, entry, hash]),
        hashes.map((hash, at) => [at, 5, 100 + at, hash]),
      )
    })

    it('stores equal hashes once and reports every place that has them, each once', () => {
      const hash = randomHash(roll)
      const index = built([], options)
      for (let turn = 0; turn < 30; turn++) {
        assert.ok(index.add([{ hash, list: turn % 2, entry: turn % 3 }]).ok)
        assert.ok(index.add([{ hash: randomHash(roll), list: 7, entry: turn }]).ok)
      }
      assert.equal(oneByOne(index, [hash], 0).length, 6)
      index.compact()
      assert.deepEqual([index.size().hashes, index.size().pairs], [31, 36])
      assert.equal(oneByOne(index, [hash], 0).length, 6)
    })
  })
}

describe('a small index', () => {
  it('takes no megabytes and, empty, no memory at all', () => {
    assert.equal(built([]).size().bytes, 0)
    const index = built(asList(Array.from({ length: 1000 }, () => randomHash(roll))))
    assert.deepEqual(index.size().tables, [])
    assert.ok(index.size().bytes < 1_200_000, `${index.size().bytes} bytes reserved`)
  })
})
