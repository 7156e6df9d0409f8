import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { sourceOfBytes } from '../saved/index.ts'
import {
  bytesOf,
  ExactBuilder,
  ExactIndex,
  type HashKind,
  hashKinds,
  type Listed,
  openExact,
  saveExact,
} from './index.ts'

const hashOf = (kind: HashKind, text: string | number) => createHash(kind).update(String(text)).digest()
const saved = (index: ExactIndex) => Buffer.concat([...saveExact(index)])

function reopened(index: ExactIndex): ExactIndex {
  const opened = openExact(sourceOfBytes(saved(index)))
  assert.ok(opened.ok, opened.ok ? '' : opened.error.says)
  return opened.value
}

/** `count` hashes on list 1, entry = number. */
function built(kind: HashKind, count: number): ExactIndex {
  const builder = new ExactBuilder(kind)
  for (let number = 0; number < count; number++) builder.add(hashOf(kind, number), 1, number)
  return builder.build()
}

describe('an index of each kind and size', () => {
  for (const kind of hashKinds) {
    for (const size of [0, 1, 2, 10, 64, 1000, 1024, 5000]) {
      test(`${kind}, ${size} hashes: all found, nothing else, before and after saving`, () => {
        const first = built(kind, size)
        for (const index of [first, reopened(first)]) {
          assert.equal(index.sizes().pairs, size)
          for (let number = 0; number < size; number++) {
            assert.deepEqual(index.lookup(hashOf(kind, number)), [{ list: 1, entry: number }])
          }
          for (let number = size; number < size + 2000; number++) assert.equal(index.has(hashOf(kind, number)), false)
        }
      })
    }
  }
})

test('bytes, lower and upper hex, and a place in a longer column ask for the same hash', () => {
  const index = built('sha1', 10)
  const hash = hashOf('sha1', 3)
  const expected = [{ list: 1, entry: 3 }]
  assert.deepEqual(index.lookup(hash.toString('hex')), expected)
  assert.deepEqual(index.lookup(hash.toString('hex').toUpperCase()), expected)
  assert.deepEqual(index.lookup(new Uint8Array(hash)), expected)
  assert.deepEqual(index.lookup(Buffer.concat([hashOf('sha1', 99), hash]), 20), expected)
})

test('what is no hash of this kind is a mistake, not a miss', () => {
  const index = built('md5', 3)
  for (const wrong of ['', 'abc', `${'0'.repeat(31)}g`, '0'.repeat(40)]) {
    assert.throws(() => index.lookup(wrong), RangeError)
  }
  assert.throws(() => index.lookup(Buffer.alloc(20)), RangeError)
  assert.throws(() => index.lookupBatch(Buffer.alloc(17), () => {}), RangeError)
  assert.throws(() => index.add('0'.repeat(32), -1, 0), RangeError)
  assert.throws(() => index.add('0'.repeat(32), 0, 2 ** 32), RangeError)
  assert.throws(() => new ExactBuilder('md5').addColumn(Buffer.alloc(32), 1, 2 ** 32 - 1), RangeError)
})

test('hashes that crowd in one bucket, at both ends or without any spread are found', () => {
  for (const place of [0, 3, 8, 15]) {
    for (const filler of [0, 0xff]) {
      const builder = new ExactBuilder('md5')
      const count = 9000
      const column = Buffer.alloc(count * 16, filler)
      for (let row = 0; row < count; row++) column.writeUInt16BE(row, Math.min(14, place) + row * 16)
      builder.addColumn(column, 7, 0)
      const index = reopened(builder.build())
      let found = 0
      index.lookupBatch(column, (query, list, entry) => {
        assert.deepEqual([list, entry], [7, query])
        found++
      })
      assert.equal(found, count)
      const near = Buffer.alloc(16, filler)
      near.writeUInt16BE(count, Math.min(14, place))
      assert.equal(index.has(near), false)
    }
  }
})

test('all duplicates: one hash stands once with all its entries, 2^k of them too', () => {
  for (const copies of [2, 16, 64, 1024]) {
    const builder = new ExactBuilder('sha256')
    const hash = hashOf('sha256', 'same')
    for (let entry = 0; entry < copies; entry++) builder.add(hash, 5, entry)
    builder.add(hash, 5, 0)
    const index = reopened(builder.build())
    assert.equal(index.sizes().sortedHashes, 1)
    assert.equal(index.sizes().pairs, copies)
    assert.equal(index.lookup(hash).length, copies)
    assert.deepEqual(index.lookup(hash).at(-1), { list: 5, entry: copies - 1 })
  }
})

test('entries cost nothing when a list is sorted by its hashes, and one column otherwise', () => {
  const sorted = Array.from({ length: 5000 }, (_, number) => hashOf('sha1', number)).sort(Buffer.compare)
  const inOrder = new ExactBuilder('sha1')
  inOrder.addColumn(Buffer.concat(sorted), 9, 0)
  const index = reopened(inOrder.build())
  assert.equal(index.sizes().bytes.entries, 0)
  assert.deepEqual(index.lookup(sorted[17] ?? ''), [{ list: 9, entry: 17 }])
  assert.equal(built('sha1', 5000).sizes().bytes.entries, 20_000)
})

test('a small list pays for a small list', () => {
  const total = (count: number) => {
    const { bytes } = built('sha1', count).sizes()
    return bytes.hashes + bytes.buckets + bytes.filter + bytes.entries + bytes.fresh
  }
  assert.ok(total(0) <= 64, `${total(0)} bytes for nothing`)
  assert.ok(total(1) <= 64)
  assert.ok(total(10) <= 10 * 32)
  assert.ok(total(1000) <= 1000 * 26)
  assert.ok(saved(built('sha1', 1)).length < 4096)
})

test('more lists than a byte or two bytes can number', () => {
  for (const lists of [255, 256, 70_000]) {
    const builder = new ExactBuilder('md5')
    for (let list = 0; list < lists; list++) builder.add(hashOf('md5', list % 100), list, 1)
    const index = reopened(builder.build())
    assert.equal(index.sizes().pairs, lists)
    assert.equal(index.lookup(hashOf('md5', 99)).length, Math.floor(lists / 100))
    assert.equal(index.withdraw(99), 1)
    assert.equal(index.withdraw(99), 0)
  }
})

test('fresh additions grow without end and are found before and after compacting', () => {
  const index = new ExactIndex('sha1')
  for (let number = 0; number < 70_000; number++) assert.equal(index.add(hashOf('sha1', number), 1, number), true)
  assert.equal(index.wantsCompacting, true)
  const check = () => {
    for (let number = 0; number < 70_000; number += 7)
      assert.equal(index.lookup(hashOf('sha1', number))[0]?.entry, number)
    assert.equal(index.has(hashOf('sha1', 70_001)), false)
  }
  check()
  index.compact()
  assert.equal(index.sizes().freshHashes, 0)
  assert.equal(index.wantsCompacting, false)
  check()
})

test('one question and many at once see the fresh part behind a filter', () => {
  const index = built('sha1', 5000)
  const fresh = Array.from({ length: 300 }, (_, number) => hashOf('sha1', `fresh ${number}`))
  for (const [entry, hash] of fresh.entries()) index.add(hash, 2, entry)
  const found: number[] = []
  assert.equal(
    index.lookupBatch(Buffer.concat(fresh), (_, list, entry) => {
      assert.equal(list, 2)
      found.push(entry)
    }),
    300,
  )
  assert.deepEqual(
    found,
    fresh.map((_, entry) => entry),
  )
  assert.ok(fresh.every((hash) => index.has(hash)))
})

test('adding and removing for ever takes no more room', () => {
  const index = new ExactIndex('md5')
  const hash = hashOf('md5', 'again')
  for (let round = 0; round < 5000; round++) {
    index.add(hash, 1, round)
    index.remove(hash, 1, round)
  }
  assert.ok(index.sizes().bytes.fresh < 2000)
})

/** The plainest index there is. */
class Model {
  pairs = new Map<string, Set<string>>()

  add(hash: string, list: number, entry: number): boolean {
    const own = this.pairs.get(hash) ?? new Set()
    this.pairs.set(hash, own)
    const before = own.size
    return own.add(`${list}:${entry}`).size > before
  }
  remove(hash: string, list: number, entry: number): boolean {
    return this.pairs.get(hash)?.delete(`${list}:${entry}`) === true
  }
  withdraw(list: number): number {
    let taken = 0
    for (const own of this.pairs.values()) {
      for (const pair of own) if (pair.startsWith(`${list}:`) && own.delete(pair)) taken++
    }
    return taken
  }
  lookup(hash: string): Listed[] {
    return [...(this.pairs.get(hash) ?? [])]
      .map((pair) => pair.split(':').map(Number))
      .map(([list = 0, entry = 0]) => ({ list, entry }))
      .sort((a, b) => a.list - b.list || a.entry - b.entry)
  }
}

describe('any order of work', () => {
  const hash = fc.integer({ min: 0, max: 12 })
  const list = fc.constantFrom(0, 1, 2, 0xffffffff)
  const entry = fc.constantFrom(0, 1, 2, 3, 0xffffffff)
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), hash, list, entry }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), hash, list, entry }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), hash, list, entry }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('compact' as const), hash, list, entry }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), hash, list, entry }) },
  )
  for (const kind of hashKinds) {
    test(`${kind}: adding, removing, withdrawing, compacting and reloading do what a map does`, () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
          let index = new ExactIndex(kind)
          const model = new Model()
          for (const each of steps) {
            const hex = hashOf(kind, each.hash).toString('hex')
            const args = [hex, each.list, each.entry] as const
            if (each.do === 'add') assert.equal(index.add(...args), model.add(...args))
            if (each.do === 'remove') assert.equal(index.remove(...args), model.remove(...args))
            if (each.do === 'withdraw') assert.equal(index.withdraw(each.list), model.withdraw(each.list))
            if (each.do === 'compact') index.compact()
            if (each.do === 'reload') index = reopened(index)
          }
          agree(index, model, kind)
          index.compact()
          agree(index, model, kind)
          agree(reopened(index), model, kind)
        }),
        { numRuns: 200 },
      )
    })
  }

  function agree(index: ExactIndex, model: Model, kind: HashKind): void {
    const hashes = Array.from({ length: 14 }, (_, number) => hashOf(kind, number))
    const fromBatch = hashes.map((): Listed[] => [])
    const hits = index.lookupBatch(Buffer.concat(hashes), (query, ofList, ofEntry) => {
      fromBatch[query]?.push({ list: ofList, entry: ofEntry })
    })
    let pairs = 0
    for (const [number, each] of hashes.entries()) {
      const expected = model.lookup(each.toString('hex'))
      pairs += expected.length
      assert.deepEqual(index.lookup(each), expected)
      assert.equal(index.has(each), expected.length > 0)
      assert.deepEqual(
        fromBatch[number]?.sort((a, b) => a.list - b.list || a.entry - b.entry),
        expected,
      )
    }
    assert.equal(hits, fromBatch.filter((found) => found.length > 0).length)
    assert.equal(index.sizes().pairs, pairs)
    assert.equal(
      [...index.pairsPerList().values()].reduce((sum, count) => sum + count, 0),
      pairs,
    )
  }
})

test('a column of hashes is read in bounded room', () => {
  const builder = new ExactBuilder('sha1')
  const column = Buffer.alloc(200_000 * bytesOf.sha1)
  for (let row = 0; row < 200_000; row++) column.writeUInt32BE(Math.imul(row, 0x9e3779b1) >>> 0, row * 20)
  builder.addColumn(column, 3, 1000)
  const index = builder.build()
  assert.equal(index.sizes().pairs, 200_000)
  assert.deepEqual(index.lookup(column, 199_999 * 20), [{ list: 3, entry: 200_999 }])
  const { bytes } = index.sizes()
  assert.ok((bytes.hashes + bytes.buckets + bytes.filter) / 200_000 <= 23)
  assert.ok(bytes.filter / 200_000 <= 1.18)
})
