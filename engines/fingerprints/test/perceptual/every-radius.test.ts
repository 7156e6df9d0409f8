import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { plans } from '../../src/perceptual/index.ts'
import {
  asList,
  bitsBetween,
  bitsOfSpread,
  built,
  dice,
  digitsOf,
  linesOfMatches,
  many,
  oneByOne,
  randomHash,
  spreads,
  withFlipped,
} from './world.ts'

for (const plan of Object.values(plans)) {
  describe(`every radius, ${plan.name}`, () => {
    const roll = dice(plan.bands.length)
    const queries: string[] = []
    const hashes: string[] = []
    for (let radius = 0; radius <= 50; radius++) {
      const query = randomHash(roll)
      queries.push(query)
      for (const distance of [radius - 1, radius, radius + 1]) {
        if (distance < 0) continue
        for (const counts of spreads(plan, distance, roll).values()) {
          hashes.push(withFlipped(query, bitsOfSpread(plan, counts, roll)))
        }
      }
    }
    const all = asList(hashes)
    const digits = hashes.map(digitsOf)
    const index = built(all, { tailRows: 100, plan: plan.name })
    const scanned = built(all)

    it('agrees with comparing everything, at radius 0 to 50 and far beyond', () => {
      for (const radius of [...queries.keys(), 63, 95, 96, 97, 127, 128, 140, 255, 256]) {
        const wanted = queries.flatMap((hash, query) => {
          const one = digitsOf(hash)
          return digits.flatMap((other, entry) => {
            const distance = bitsBetween(one, other)
            return distance <= radius ? [`${query} 1/${entry} ${distance} ${hashes[entry]}`] : []
          })
        })
        const expected = wanted.sort()
        assert.deepEqual(linesOfMatches(oneByOne(index, queries, radius)).sort(), expected, `${radius}, one by one`)
        assert.deepEqual(linesOfMatches(oneByOne(scanned, queries, radius)).sort(), expected, `${radius}, scanned`)
      }
    })

    it('gives many queries at once the answers of one by one, in the same order', () => {
      // Enough queries to be sorted by bucket, some of them twice.
      const crowd = Array.from({ length: 700 }, (_, at) => queries[at % queries.length] ?? '')
      for (const radius of [0, 1, 7, 15, 16, 23, 31, 32, 39, 47, 48]) {
        assert.deepEqual(many(index, crowd, radius), oneByOne(index, crowd, radius), `radius ${radius}`)
      }
      assert.deepEqual(many(scanned, crowd, 31), oneByOne(scanned, crowd, 31))
    })

    it('keeps its answers when single and many queries at different radii take turns', () => {
      const fresh = built(all, { tailRows: 100, plan: plan.name })
      const crowd = Array.from({ length: 300 }, (_, at) => queries[at % queries.length] ?? '')
      const wanted = linesOfMatches(oneByOne(index, queries, 31))
      for (const radius of [31, 3, 47, 0, 60]) {
        assert.deepEqual(linesOfMatches(oneByOne(fresh, queries, 31)), wanted, `before ${radius}`)
        many(fresh, crowd, radius)
        assert.deepEqual(linesOfMatches(oneByOne(fresh, queries, 31)), wanted, `after ${radius}`)
      }
    })

    it('says which band found a match, and that its bits and the next band keep to the budgets', () => {
      for (const match of many(index, queries, 31)) {
        assert.equal(match.foundBy.by, 'band')
        if (match.foundBy.by !== 'band') continue
        const { band, flipped } = match.foundBy
        const query = queries[match.query] ?? ''
        const place = plan.bands[band]
        assert.ok(place !== undefined)
        assert.ok(flipped.length <= 2)
        const without = withFlipped(query, flipped)
        const inBand = bitsOfSpread(
          plan,
          plan.bands.map((other) => (other === place ? place.width : 0)),
          roll,
        )
        for (const bit of inBand) assert.equal(bitAt(without, bit), bitAt(match.hash, bit), 'the band is equal then')
      }
    })
  })
}

const bitAt = (hash: string, bit: number): number =>
  (Number.parseInt(hash[63 - (bit >> 2)] ?? '0', 16) >> (bit & 3)) & 1

describe('crowded tables', () => {
  it('finds every neighbour in one dense cluster, more than fit one answer of the kernel', () => {
    const roll = dice(7)
    const centre = randomHash(roll)
    const hashes = Array.from({ length: 6_000 }, () =>
      withFlipped(centre, new Set(Array.from({ length: 1 + roll(5) }, () => roll(256)))),
    )
    const index = built(asList(hashes), { tailRows: 100 })
    const one = digitsOf(centre)
    const digits = hashes.map(digitsOf)
    const other = withFlipped(centre, [3, 77, 190])
    for (const radius of [0, 1, 3, 4, 5, 8, 31, 47, 60]) {
      const expected = digits.filter((hash) => bitsBetween(one, hash) <= radius).length
      assert.equal(oneByOne(index, [centre], radius).length, expected, `radius ${radius}`)
      assert.equal(many(index, [centre], radius).length, expected)
    }
    const crowd = Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? centre : other))
    const few = [centre, other].map((hash) => oneByOne(index, [hash], 4).length)
    assert.equal(many(index, crowd, 4).length, ((few[0] ?? 0) + (few[1] ?? 0)) * 150)
  })
})
