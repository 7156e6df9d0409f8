import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { openPerceptualIndex, type PerceptualIndex } from '../../src/perceptual/index.ts'
import { sourceOfBytes } from '../../src/saved/index.ts'
import { built, bytesOfSaved, dice, linesOfMatches, many, oneByOne, randomHash, withFlipped } from './world.ts'

/** A few families of near hashes, so that additions meet equal and neighbouring ones. */
const roll = dice(21)
const families = Array.from({ length: 6 }, () => randomHash(roll))
const hash = fc
  .tuple(fc.constantFrom(...families), fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: 40 }))
  .map(([family, bits]) => withFlipped(family, bits.slice(0, bits.length % 3 === 0 ? 0 : bits.length)))
const owner = fc.record({ list: fc.integer({ min: 0, max: 3 }), entry: fc.integer({ min: 0, max: 30 }) })
const fingerprint = fc.tuple(hash, owner).map(([hash, place]) => ({ hash, ...place }))

type Step = (index: PerceptualIndex, options: object) => PerceptualIndex

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fingerprint, { maxLength: 60 }).map((items) => named('add', (index) => void index.add(items))),
  },
  {
    weight: 2,
    arbitrary: fc.array(owner, { maxLength: 6 }).map((owners) => named('remove', (index) => void index.remove(owners))),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 3 }).map((list) => named('withdraw', (index) => void index.withdraw(list))),
  },
  { weight: 1, arbitrary: fc.constant(named('compact', (index) => index.compact())) },
  { weight: 1, arbitrary: fc.constant({ name: 'reload', run: reloaded }) },
)

function named(name: string, change: (index: PerceptualIndex) => void): { name: string; run: Step } {
  return {
    name,
    run: (index) => {
      change(index)
      return index
    },
  }
}

function reloaded(index: PerceptualIndex, options: object): PerceptualIndex {
  const opened = openPerceptualIndex(sourceOfBytes(bytesOfSaved(index)), { ...options, check: 'everything' })
  if (!opened.ok) throw new Error(opened.error.says)
  return opened.value
}

it('add, remove, withdraw, compact and reload in any order keep to what the plain path says', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(hash, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 60 }),
      (steps, queries, radius) => {
        const options = { tailRows: 8, shardRows: 60 }
        let index = built([], options)
        let plain = built([], { kernel: 'plain' })
        for (const [number, { run }] of steps.entries()) {
          index = run(index, options)
          plain = run(plain, { kernel: 'plain' })
          const now = (radius + 13 * number) % 61
          const expected = linesOfMatches(many(plain, queries, now))
          assert.deepEqual(linesOfMatches(oneByOne(index, queries, now)), expected)
          assert.deepEqual(linesOfMatches(many(index, queries, now)), expected)
        }
        const crowd = Array.from({ length: 260 }, (_, at) => queries[at % queries.length] ?? '')
        assert.deepEqual(linesOfMatches(many(index, crowd, 9)), linesOfMatches(many(plain, crowd, 9)))
        const after = linesOfMatches(many(plain, queries, radius))
        assert.deepEqual(linesOfMatches(oneByOne(index, queries, radius)), after)
        assert.ok(index.isSound())
        index.compact()
        plain.compact()
        const { pairs, removed, hashes } = index.size()
        assert.deepEqual([pairs, removed], [plain.size().pairs, 0])
        if (pairs <= options.shardRows) assert.equal(hashes, plain.size().hashes, 'equal hashes are one in one table')
      },
    ),
    { numRuns: 60 },
  )
})
