import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readHash } from '../../src/bits/index.ts'
import { budgetsFor, plans } from '../../src/perceptual/index.ts'
import { firstBand } from '../../src/perceptual/plan.ts'
import { toRing } from '../../src/perceptual/ring.ts'
import { Hits } from '../../src/perceptual/searcher.ts'
import { Segment } from '../../src/perceptual/segment.ts'
import { Staging } from '../../src/perceptual/staging.ts'
import { Table } from '../../src/perceptual/table.ts'
import { dice, randomHash, withFlipped } from './world.ts'

/** Answers drop repetitions, so the kernel's own hits are looked at here. */
describe('the kernel', () => {
  const roll = dice(61)
  const bytesOf = (hash: string): Uint8Array => {
    const bytes = readHash(hash)
    if (!bytes.ok) throw new Error(bytes.error.says)
    return bytes.value
  }
  const centre = randomHash(roll)
  const near = Array.from({ length: 3000 }, () =>
    withFlipped(centre, new Set(Array.from({ length: roll(60) }, () => roll(256)))),
  )
  const query = bytesOf(centre)
  const crowd = Buffer.concat(Array.from({ length: 300 }, () => query))

  for (const plan of Object.values(plans)) {
    it(`reports each row once, from the first band that may find it (${plan.name})`, () => {
      const staging = new Staging()
      staging.addHashes(Buffer.concat(near.map(bytesOf)), new Uint32Array(3000), Uint32Array.from(near.keys()))
      const table = new Table(Segment.of(staging, plan))
      // As in a large table: scratch beyond 2 GiB, where addresses no longer fit signed numbers. Nobody writes between.
      table.arena.take(2_300_000_000 - table.arena.memory.buffer.byteLength)
      for (const radius of [0, 9, 20, 31, 38, 47]) {
        const budgets = budgetsFor(plan, radius) ?? new Uint8Array()
        const one = new Hits()
        table.searcher(false).one(query, radius, table.rows, 0, 0, one)
        assert.equal(new Set(rowsOf(one)).size, rowsOf(one).length, `radius ${radius}`)
        for (let at = 0; at < one.length; at += 4) {
          const ring = table.ringOf(one.numbers[at + 2] ?? 0)
          assert.equal((one.numbers[at + 3] ?? 0) >>> 16, firstBand(plan, budgets, toRing(query), ring))
        }
        const all = new Hits()
        table.searcher(true).many(crowd, radius, table.rows, 0, 0, all)
        assert.equal(all.length, one.length * 300, `radius ${radius}, many at once`)
      }
    })
  }
})

const rowsOf = (hits: Hits): number[] =>
  Array.from({ length: hits.length / 4 }, (_, at) => hits.numbers[at * 4 + 2] ?? 0)
