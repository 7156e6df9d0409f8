import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  entriesPath,
  isConsistent,
  isIncluded,
  MerkleTree,
  newTiles,
  proveConsistency,
  proveInclusion,
  readEntryBundle,
  readerOfTiles,
  rootOf,
  tilePath,
  writeEntryBundle,
  writeTile,
} from '../src/index.ts'

describe('tiles', () => {
  test('lie where C2SP tlog-tiles says', () => {
    assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067')
    assert.equal(tilePath({ level: 2, index: 0, width: 1 }), 'tile/2/000.p/1')
    assert.equal(entriesPath(1000, 256), 'tile/entries/x001/000')
    assert.equal(entriesPath(7, 12), 'tile/entries/007.p/12')
  })

  test('of 70,000 entries are those that the specification counts', () => {
    const tiles = newTiles(0, 70_000)
    const count = (level: number, isFull: boolean): number =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === isFull).length
    assert.deepEqual(
      [count(0, true), count(0, false), count(1, true), count(1, false), count(2, true), count(2, false)],
      [273, 1, 1, 1, 0, 1],
    )
    const widths = tiles.filter(({ width }) => width < 256).map(({ level, width }) => [level, width])
    assert.deepEqual(widths, [
      [0, 112],
      [1, 17],
      [2, 1],
    ])
    assert.deepEqual(newTiles(0, 256), [
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ])
    assert.deepEqual(newTiles(5, 5), [])
  })

  test('written batch by batch, each once, they give every root and every proof of the tree', () => {
    const tree = new MerkleTree()
    const files = new Map<string, Buffer>()
    const sizes = [0]
    const grow = (count: number): void => {
      const old = tree.size
      for (let at = 0; at < count; at++) tree.append(Buffer.from(`entry ${old + at}`))
      for (const tile of newTiles(old, tree.size)) {
        const path = tilePath(tile)
        assert.ok(!files.has(path), `${path} is never written twice`)
        files.set(path, writeTile(tree.read, tile))
      }
      sizes.push(tree.size)
    }
    for (const count of [1, 254, 1, 1, 255, 3, 300, 70_000, 1]) grow(count)
    const reader = (size: number) =>
      readerOfTiles((tile) => files.get(tilePath(tile)) ?? assert.fail(`no ${tilePath(tile)}`), size)
    for (const size of sizes) assert.deepEqual(Buffer.from(rootOf(reader(size), size)), Buffer.from(tree.root(size)))
    const last = tree.size
    const leaf = (at: number) => Buffer.from(tree.read(0, at))
    fc.assert(
      fc.property(fc.nat(last - 1), fc.constantFrom(...sizes.slice(1)), (place, size) => {
        const at = place % size
        const proof = proveInclusion(reader(size), at, size)
        assert.ok(isIncluded(at, leaf(at), size, tree.root(size), proof))
        const grown = proveConsistency(reader(last), size, last)
        assert.ok(isConsistent(size, tree.root(size), last, tree.root(), grown))
      }),
      { numRuns: 60 },
    )
    assert.throws(() => reader(300)(0, 300), RangeError)
    assert.throws(() => readerOfTiles(() => Buffer.alloc(31), 1)(0, 0), RangeError)
  })

  test('bundles of entries go out and in; one that is cut is refused', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 256 }), (entries) => {
        const read = readEntryBundle(writeEntryBundle(entries))
        assert.ok(read.ok)
        assert.deepEqual(
          read.value.map((each) => Buffer.from(each)),
          entries.map((each) => Buffer.from(each)),
        )
      }),
      { numRuns: 100 },
    )
    const bundle = writeEntryBundle([Buffer.from('one'), Buffer.from('two')])
    for (let cut = 1; cut < bundle.length; cut++)
      assert.equal(readEntryBundle(bundle.subarray(0, cut)).ok, cut === 5, String(cut))
    assert.throws(() => writeEntryBundle([Buffer.alloc(65_536)]), RangeError)
  })
})
