import assert from 'node:assert/strict'
import { it } from 'node:test'
import { heldClusters, link } from '../src/index.ts'
import { knownTruths } from './known-truth.ts'

it('every cluster is held by a path of links over all its records, each with evidence that adds up', async () => {
  const { table } = knownTruths['fake 1000']()
  const linked = await link(table)
  const held = heldClusters(linked)
  assert.ok(held.length > 150)
  for (const { name, records, links, weakest } of held) {
    assert.equal(links.length, records.length - 1)
    assert.ok(records.every((record) => linked.clusters[record] === name))
    const reached = new Set([links[0]?.one])
    for (let step = 0; step < records.length; step++) {
      for (const { one, other } of links) if (reached.has(one) || reached.has(other)) reached.add(one).add(other)
    }
    assert.equal(reached.size, records.length)
    assert.equal(weakest?.weight, Math.min(...links.map(({ weight }) => weight)))
    for (const { one, other, weight } of links) {
      const { prior, evidence, weight: sum } = linked.scorer.explain(one, other)
      assert.ok(Math.abs(sum - weight) < 1e-9)
      assert.ok(Math.abs(evidence.reduce((total, each) => total + each.weight, prior) - weight) < 1e-9)
    }
  }
  const bound = held.reduce((sum, { records }) => sum + records.length, 0)
  assert.equal(
    bound +
      linked.clusters.filter((name, record) => name === record && !held.some((each) => each.name === name)).length,
    table.records.length,
  )
})
