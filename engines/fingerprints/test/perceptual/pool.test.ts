import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { SearchPool } from '../../src/perceptual/index.ts'
import { asList, built, dice, many, randomHash, withFlipped } from './world.ts'

describe('a pool of threads', () => {
  const pool = new SearchPool(2)
  after(() => pool.close())
  const roll = dice(31)
  const hashes = Array.from({ length: 3000 }, () => randomHash(roll))
  const queries = Array.from({ length: 1500 }, (_, at) =>
    at % 2 === 0 ? randomHash(roll) : withFlipped(hashes[roll(hashes.length)] ?? '', [roll(256), roll(256), roll(256)]),
  )

  it('gives the answers of one thread, from tables and tails, at any radius', async () => {
    const index = built(asList(hashes), { tailRows: 1000 })
    assert.ok(index.add(asList(queries.slice(0, 50), 2)).ok)
    assert.ok(index.size().tail > 0 && index.size().tables.length > 0)
    for (const radius of [0, 31, 47, 60]) {
      const found = await index.queryManyOn(pool, queries, radius)
      assert.ok(found.ok)
      assert.deepEqual(found.value, many(index, queries, radius), `radius ${radius}`)
    }
  })

  it('serves several indexes and questions at once', async () => {
    const indexes = [built(asList(hashes), { tailRows: 100 }), built(asList(hashes.slice(0, 10)))]
    const asked = indexes.flatMap((index) => [31, 5].map((radius) => ({ index, radius })))
    const answers = await Promise.all(asked.map(({ index, radius }) => index.queryManyOn(pool, queries, radius)))
    for (const [at, { index, radius }] of asked.entries()) {
      const answer = answers[at]
      assert.ok(answer?.ok)
      assert.deepEqual(answer.value, many(index, queries, radius))
    }
  })

  it('honours what was removed or added while the threads were searching', async () => {
    const index = built(asList(hashes), { tailRows: 100 })
    const searching = index.queryManyOn(pool, hashes, 0)
    index.remove([{ list: 1, entry: 5 }])
    assert.ok(index.add(asList(hashes.slice(0, 200), 9)).ok)
    index.compact()
    const found = await searching
    assert.ok(found.ok)
    assert.ok(!found.value.some((match) => match.list === 1 && match.entry === 5))
    assert.deepEqual(found.value, many(index, hashes, 0))
  })

  it('answers nothing for no queries, and refuses what one thread refuses', async () => {
    const index = built(asList(hashes.slice(0, 3)))
    assert.deepEqual(await index.queryManyOn(pool, [], 31), { ok: true, value: [] })
    const refused = await index.queryManyOn(pool, ['short'], 31)
    assert.ok(!refused.ok)
  })

  it('says so when it was closed', async () => {
    const closed = new SearchPool(1)
    await closed.close()
    await assert.rejects(built(asList(hashes.slice(0, 3))).queryManyOn(closed, queries, 31), /closed/)
  })
})
