import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { hexOf, readHash } from '../../src/bits/index.ts'
import { bitsPerBand, budgetsFor, plans, ringOrder, widestRadius } from '../../src/perceptual/index.ts'
import { firstBand, probesOf } from '../../src/perceptual/plan.ts'
import { fromRing, toRing } from '../../src/perceptual/ring.ts'
import { bitsOfSpread, dice, randomHash, spreads, withFlipped } from './world.ts'

describe('the order of bits', () => {
  it('holds every bit once and never changes: saved files depend on it', () => {
    assert.equal(new Set(ringOrder).size, 256)
    const digest = createHash('sha256').update(ringOrder).digest('hex')
    assert.equal(digest, '90d2a103c391415ff06d7b62d78add81a0f7c5d8c49a3389965eb485e2a3917e')
  })

  it('gives every band one bit of each row and of each column', () => {
    for (let band = 0; band < 16; band++) {
      const bits = [...ringOrder.subarray(16 * band, 16 * band + 16)]
      assert.equal(new Set(bits.map((bit) => bit >> 4)).size, 16)
      assert.equal(new Set(bits.map((bit) => bit % 16)).size, 16)
    }
  })

  it('is what the table of places says', () => {
    const roll = dice(40)
    for (let turn = 0; turn < 50; turn++) {
      const hash = readHash(randomHash(roll))
      assert.ok(hash.ok)
      const ring = toRing(hash.value)
      for (const [place, bit] of ringOrder.entries()) {
        const wanted: number = ((hash.value[31 - (bit >> 3)] ?? 0) >> (bit % 8)) & 1
        assert.equal(((ring[place >> 3] ?? 0) >> (place % 8)) & 1, wanted)
      }
    }
  })

  it('can be undone', () => {
    const roll = dice(41)
    for (let turn = 0; turn < 50; turn++) {
      const hash = readHash(randomHash(roll))
      assert.ok(hash.ok)
      assert.equal(hexOf(fromRing(toRing(hash.value))), hexOf(hash.value))
    }
  })
})

describe('budgets', () => {
  it('add up to the radius and one, for every radius that the bands serve', () => {
    for (const plan of Object.values(plans)) {
      for (let radius = 0; radius <= widestRadius; radius++) {
        const budgets = budgetsFor(plan, radius)
        assert.ok(budgets !== null)
        assert.equal(
          budgets.reduce((sum, budget) => sum + budget, 0),
          radius + 1,
        )
      }
      assert.equal(budgetsFor(plan, widestRadius + 1), null)
    }
  })

  it('open 1, 17 and 137 buckets a band of 16 bits at radius 15, 31 and 47', () => {
    for (const [radius, probes] of [
      [15, 1],
      [31, 17],
      [47, 137],
    ] as const) {
      const budgets = budgetsFor(plans['ring-16'], radius) ?? []
      assert.deepEqual([...new Set([...budgets].map((budget) => probesOf(16, budget)))], [probes])
    }
  })

  it('let some band find every pair within the radius', () => {
    const roll = dice(42)
    for (const plan of Object.values(plans)) {
      for (let radius = 0; radius <= widestRadius; radius++) {
        const budgets = budgetsFor(plan, radius) ?? new Uint8Array()
        for (let turn = 0; turn < 12; turn++) {
          const hash = randomHash(roll)
          for (const [shape, counts] of spreads(plan, radius, roll)) {
            const other = withFlipped(hash, bitsOfSpread(plan, counts, roll))
            const [a, b] = [readHash(hash), readHash(other)]
            assert.ok(a.ok && b.ok)
            assert.notEqual(firstBand(plan, budgets, toRing(a.value), toRing(b.value)), null, `${radius} ${shape}`)
          }
        }
      }
    }
  })
})

describe('the explanation of a match', () => {
  it('counts differing bits band by band', () => {
    const roll = dice(43)
    for (const plan of Object.values(plans)) {
      const hash = randomHash(roll)
      const counts = spreads(plan, 31, roll).get('random') ?? []
      const [a, b] = [readHash(hash), readHash(withFlipped(hash, bitsOfSpread(plan, counts, roll)))]
      assert.ok(a.ok && b.ok)
      assert.deepEqual(bitsPerBand(a.value, b.value, plan), counts)
    }
  })
})
