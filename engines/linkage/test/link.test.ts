import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { evaluate, link, type Table } from '../src/index.ts'
import { knownTruths } from './known-truth.ts'

describe('linkage of a table, with nothing learned but from the table itself', async () => {
  const { table, truth } = knownTruths['fake 1000']()
  const linked = await link(table)

  it('finds the people of fake 1000 at its own bar', async () => {
    const { pairs, bCubed, largest, largestTrue } = evaluate(linked.clusters, truth)
    assert.ok(pairs.f1 >= 0.935 && bCubed.f1 >= 0.95, JSON.stringify({ pairs, bCubed }))
    assert.ok(pairs.precision >= 0.97)
    assert.ok(largest <= 2 * largestTrue)
  })

  it('finds the people of Febrl 3 at its own bar', async () => {
    const febrl = knownTruths['Febrl 3']()
    const { pairs, bCubed } = evaluate((await link(febrl.table)).clusters, febrl.truth)
    assert.ok(pairs.f1 >= 0.9988 && bCubed.f1 >= 0.9993, JSON.stringify({ pairs, bCubed }))
  })

  it('says for every pair what speaks for and against it, and the lines sum to its weight', () => {
    const { ones, others, count } = linked.candidates
    for (let index = 0; index < count; index += 7) {
      const [one, other] = [ones[index] ?? 0, others[index] ?? 0]
      const { prior, evidence, weight } = linked.scorer.explain(one, other)
      assert.equal(
        evidence.reduce((sum, line) => sum + line.weight, prior),
        weight,
      )
      assert.ok(Math.abs(weight - linked.scorer.weight(one, other)) < 1e-9)
      assert.equal(evidence.length, table.fields.length)
      for (const { level, weight: bits, shared } of evidence) {
        if (level === 'not said') assert.equal(bits, 0)
        assert.equal(shared !== undefined, level === 'the same')
      }
    }
  })

  it('gives the same clusters again, and the same people whatever the order of records', async () => {
    assert.deepEqual((await link(table)).clusters, linked.clusters)
    const turned: Table = { ...table, records: [...table.records].reverse() }
    const back = [...(await link(turned)).clusters].reverse()
    const { pairs } = evaluate(
      back,
      [...linked.clusters].map((cluster) => String(cluster)),
    )
    assert.ok(pairs.f1 >= 0.99, `agreement ${pairs.f1}`)
  })

  it('knows what it does not know: nobody, one record, and records that say nothing', async () => {
    const fields = [{ name: 'name', kind: 'name' as const }]
    assert.deepEqual([...(await link({ fields, records: [] })).clusters], [])
    assert.deepEqual([...(await link({ fields, records: [{ id: '1', values: [['Test']] }] })).clusters], [0])
    const silent = Array.from({ length: 5 }, (_, number) => ({ id: String(number), values: [[]] }))
    assert.deepEqual([...(await link({ fields, records: silent })).clusters], [0, 1, 2, 3, 4])
  })
})

describe('the measure of clusters', () => {
  it('is that of an example counted by hand', () => {
    // Clusters {0,1,2} and {3,4}; truth {a: 0,1}, {b: 2,3,4}: two of four pairs found are right, of four true ones two are found.
    const { pairs, bCubed } = evaluate([0, 0, 0, 3, 3], ['a', 'a', 'b', 'b', 'b'])
    assert.deepEqual(pairs, { precision: 0.5, recall: 0.5, f1: 0.5 })
    assert.equal(bCubed.precision.toFixed(4), ((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5).toFixed(4))
    assert.equal(bCubed.recall.toFixed(4), ((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5).toFixed(4))
  })
})
