import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  entriesPath,
  longestEntry,
  MerkleTree,
  newTiles,
  readEntryBundle,
  TileEdge,
  tilePath,
  writeTile,
} from '../src/index.ts'

const entry = (at: number): Buffer => Buffer.from(`entry ${at}`)

/** Batches that meet every border of tiles: one by one, around 256, across several, at the third level. */
const batches = [1, 1, 3, 250, 1, 1, 255, 256, 257, 2, 1023, 65_536 - 2306, 1, 300]

test('an edge writes the tiles and bundles of the tree, each once, and goes on from its files as if it had never ended', () => {
  const tree = new MerkleTree()
  const files = new Map<string, Buffer>()
  let edge = TileEdge.empty()
  for (const batch of batches) {
    const old = tree.size
    for (let at = old; at < old + batch; at++) {
      tree.append(entry(at))
      edge.append(entry(at))
    }
    assert.equal(edge.size, tree.size)
    assert.deepEqual(Buffer.from(edge.root()), Buffer.from(tree.root()))
    const pending = edge.pending()
    assert.deepEqual(edge.pending(), pending, 'asked twice before they are written, it gives the same')
    const tiles = newTiles(old, tree.size).map((tile) => [tilePath(tile), writeTile(tree.read, tile)] as const)
    const due = new Map(tiles)
    for (const { path, bytes } of pending) {
      assert.ok(!files.has(path), `${path} is written once`)
      files.set(path, bytes)
      if (!path.startsWith('tile/entries/')) assert.deepEqual(bytes, due.get(path), path)
    }
    assert.deepEqual(
      pending
        .map(({ path }) => path)
        .filter((path) => !path.startsWith('tile/entries/'))
        .sort(),
      [...due.keys()].sort(),
    )
    edge.settle()
    assert.deepEqual(edge.pending(), [])
    // As after a restart.
    const again = TileEdge.of((path) => files.get(path) ?? null, tree.size)
    assert.ok(again)
    edge = again
  }
  for (let index = 0; index * 256 < tree.size; index++) {
    const width = Math.min(256, tree.size - index * 256)
    const bundle = readEntryBundle(files.get(entriesPath(index, width)) ?? Buffer.alloc(0))
    assert.ok(bundle.ok)
    assert.deepEqual(
      bundle.value.map(String),
      Array.from({ length: width }, (_, at) => `entry ${index * 256 + at}`),
    )
  }
})

test('an edge does not begin from files that are missing or short; a full tile serves for a partial one', () => {
  const files = new Map<string, Buffer>()
  const edge = TileEdge.empty()
  for (let at = 0; at < 300; at++) edge.append(entry(at))
  for (const { path, bytes } of edge.pending()) files.set(path, bytes)
  const read = (path: string) => files.get(path) ?? null
  assert.deepEqual(Buffer.from(TileEdge.of(read, 300)?.root() ?? []), Buffer.from(edge.root()))
  assert.equal(TileEdge.of(read, 200)?.size, 200)
  assert.equal(TileEdge.of(read, 301), null)
  for (const path of ['tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/001.p/44']) {
    const bytes = files.get(path) ?? assert.fail(path)
    files.delete(path)
    assert.equal(TileEdge.of(read, 300), null, path)
    files.set(path, bytes.subarray(0, -1))
    assert.equal(TileEdge.of(read, 300), null, path)
    files.set(path, bytes)
  }
  assert.deepEqual(TileEdge.of(read, 0)?.root(), TileEdge.empty().root())
})

test('what is too long for a bundle of entries is a bug of whoever wrote it', () => {
  const edge = TileEdge.empty()
  edge.append(Buffer.alloc(longestEntry))
  edge.append(Buffer.alloc(longestEntry + 1))
  assert.throws(() => edge.pending(), RangeError)
})
