import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  CompactRange,
  emptyRoot,
  entryHash,
  holdsSubtree,
  isConsistent,
  isIncluded,
  isIncludedInSubtree,
  isSubtree,
  MerkleTree,
  nodeHash,
  proveConsistency,
  proveInclusion,
  proveInclusionInSubtree,
  proveSubtree,
} from '../src/index.ts'

const entry = (at: number): Buffer => Buffer.from(`entry ${at}`)

function treeOf(size: number): MerkleTree {
  const tree = new MerkleTree()
  for (let at = 0; at < size; at++) tree.append(entry(at))
  return tree
}

/** RFC 6962 section 2.1 word by word, as the oracle. */
function slowRoot(entries: readonly Buffer[]): Uint8Array {
  const [only] = entries
  if (only === undefined) return emptyRoot
  if (entries.length === 1) return entryHash(only)
  let cut = 1
  while (cut * 2 < entries.length) cut *= 2
  return nodeHash(slowRoot(entries.slice(0, cut)), slowRoot(entries.slice(cut)))
}

const largest = 300
const whole = treeOf(largest)
const sizes = fc.integer({ min: 1, max: largest })
const within = (limit: number) => fc.integer({ min: 0, max: limit - 1 })

describe('a tree', () => {
  test('has the root of RFC 6962 at every size, and so has its right edge', () => {
    const edge = CompactRange.empty()
    for (let size = 0; size <= largest; size++) {
      const expected = slowRoot(Array.from({ length: size }, (_, at) => entry(at)))
      assert.deepEqual(Buffer.from(whole.root(size)), Buffer.from(expected))
      assert.deepEqual(Buffer.from(edge.root()), Buffer.from(expected))
      assert.deepEqual(Buffer.from(CompactRange.of(whole.read, size).root()), Buffer.from(expected))
      edge.append(entryHash(entry(size)))
    }
  })

  test('proves every leaf at every size up to 70', () => {
    for (let size = 1; size <= 70; size++)
      for (let at = 0; at < size; at++) {
        const proof = proveInclusion(whole.read, at, size)
        assert.ok(isIncluded(at, entryHash(entry(at)), size, whole.root(size), proof))
      }
  })

  test('refuses a proof for another place, size, leaf or root, with a bit changed, a hash more or a hash less', () => {
    const cases = fc.tuple(sizes, fc.nat(), fc.nat(), fc.nat())
    fc.assert(
      fc.property(cases, ([size, place, bit, other]) => {
        const at = place % size
        const leaf = entryHash(entry(at))
        const root = whole.root(size)
        const proof = proveInclusion(whole.read, at, size)
        assert.ok(isIncluded(at, leaf, size, root, proof))
        const elsewhere = other % (size + 2)
        if (elsewhere !== at) assert.ok(!isIncluded(elsewhere, leaf, size, root, proof))
        assert.ok(!isIncluded(at, withBit(leaf, bit), size, root, proof))
        assert.ok(!isIncluded(at, leaf, size, withBit(root, bit), proof))
        assert.ok(!isIncluded(at, leaf, size, root, [...proof, leaf]))
        assert.ok(!isIncluded(at, leaf, size, root, [leaf, ...proof]))
        if (proof.length > 0) {
          assert.ok(!isIncluded(at, leaf, size, root, proof.slice(1)))
          assert.ok(!isIncluded(at, leaf, size, root, proof.slice(0, -1)))
          const changed = proof.map((hash, step) => (step === bit % proof.length ? withBit(hash, bit) : hash))
          assert.ok(!isIncluded(at, leaf, size, root, changed))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('proves that it only grew, and never that another did', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (newSize, cut, bit) => {
        const oldSize = 1 + (cut % newSize)
        const proof = proveConsistency(whole.read, oldSize, newSize)
        const [oldRoot, newRoot] = [whole.root(oldSize), whole.root(newSize)]
        assert.ok(isConsistent(oldSize, oldRoot, newSize, newRoot, proof))
        assert.ok(!isConsistent(oldSize, withBit(oldRoot, bit), newSize, newRoot, proof))
        assert.ok(!isConsistent(oldSize, oldRoot, newSize, withBit(newRoot, bit), proof))
        assert.ok(!isConsistent(oldSize, oldRoot, newSize, newRoot, [...proof, oldRoot]))
        if (oldSize < newSize) assert.ok(!isConsistent(newSize, newRoot, oldSize, oldRoot, proof))
      }),
      { numRuns: 500 },
    )
  })

  test('proves its subtrees, and leaves in them', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(), (size, from, width, place) => {
        const start = from % size
        const span = { start, end: start + 1 + (width % (size - start)) }
        fc.pre(isSubtree(span))
        const part = new MerkleTree()
        for (let at = span.start; at < span.end; at++) part.append(entry(at))
        const proof = proveSubtree(whole.read, span, size)
        assert.ok(holdsSubtree(span, part.root(), size, whole.root(size), proof))
        const at = span.start + (place % (span.end - span.start))
        const inside = proveInclusionInSubtree(whole.read, at, span)
        assert.ok(isIncludedInSubtree(at, entryHash(entry(at)), span, part.root(), inside))
      }),
      { numRuns: 500 },
    )
  })

  test('says which sizes it does not have', () => {
    assert.throws(() => whole.root(largest + 1), RangeError)
    assert.throws(() => proveInclusion(whole.read, 5, 5), RangeError)
    fc.assert(
      fc.property(within(largest), (at) => assert.throws(() => proveConsistency(whole.read, at + 1, at), RangeError)),
    )
  })
})

function withBit(bytes: Uint8Array, bit: number): Buffer {
  const changed = Buffer.from(bytes)
  const at = bit % (8 * bytes.length)
  changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7))
  return changed
}
