import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { holdsSubtree, isConsistent, isIncluded, isIncludedInSubtree } from '../src/index.ts'
import { fixture, readFixture } from './fixtures.ts'

/** As the files have it: numbers beyond 2^53 are rounded by JSON.parse, and refused either way. */
interface Vector {
  readonly file: string
  readonly wantErr: boolean
  readonly leafIdx: number
  readonly treeSize: number
  readonly start: number
  readonly end: number
  readonly size: number
  readonly size1: number
  readonly size2: number
  readonly root: string
  readonly root1: string
  readonly root2: string
  readonly leafHash: string
  readonly proof: readonly string[] | null
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
const proofOf = ({ proof }: Vector): Buffer[] => (proof ?? []).map(bytes)

const kinds: Record<string, { count: number; holds: (vector: Vector) => boolean }> = {
  'inclusion.json': {
    count: 98,
    holds: (v) => isIncluded(v.leafIdx, bytes(v.leafHash), v.treeSize, bytes(v.root), proofOf(v)),
  },
  'consistency.json': {
    count: 98,
    holds: (v) => isConsistent(v.size1, bytes(v.root1), v.size2, bytes(v.root2), proofOf(v)),
  },
  'subtreeinclusion.json': {
    count: 204,
    holds: (v) => isIncludedInSubtree(v.leafIdx, bytes(v.leafHash), v, bytes(v.root), proofOf(v)),
  },
  'subtreeconsistency.json': {
    count: 118,
    holds: (v) => holdsSubtree(v, bytes(v.root1), v.size, bytes(v.root2), proofOf(v)),
  },
}

describe('the proofs of transparency-dev', () => {
  let decided = 0
  for (const [file, { count, holds }] of Object.entries(kinds)) {
    test(`${file}: ${count} decided as they must be`, () => {
      const vectors: Vector[] = JSON.parse(readFixture('merkle', file).toString())
      assert.equal(vectors.length, count)
      for (const vector of vectors) {
        assert.equal(typeof vector.wantErr, 'boolean', vector.file)
        assert.equal(holds(vector), !vector.wantErr, vector.file)
        decided++
      }
    })
  }
  test('518 of 518, no file left out', () => {
    assert.deepEqual(
      readdirSync(fixture('merkle')).filter((name) => name.endsWith('.json')),
      Object.keys(kinds).sort(),
    )
    assert.equal(decided, 518)
  })
})
