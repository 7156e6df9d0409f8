import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listedRelations, listTies, type Tie } from '@tandem/linkage'
import fc from 'fast-check'

const tie = (relation: Tie['relation'], subject: string, weight = 1000): Tie => ({
  ...{ relation, subject, weight, links: [] },
})

describe('a list of ties', () => {
  it('shows the one payment before 150 listed connections that have more reasons, and tells how many are left out', () => {
    const contacts = Array.from({ length: 150 }, (_, at) => tie('contact', `S${at}`, 2000))
    const { listed, leftOut } = listTies([...contacts, tie('payment', 'payee')], 100)
    assert.equal(listed[0]?.subject, 'payee')
    assert.equal(listed.length, 100)
    assert.deepEqual(leftOut, [{ relation: 'contact', ties: 51 }])
  })

  it('gives each relation its share, keeps the order within one, leaves nothing out that has a place, and counts the rest', () => {
    const some = fc.array(fc.constantFrom(...listedRelations), { maxLength: 200 })
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 200 }), (relations, most) => {
        const all = relations.map((relation, at) => tie(relation, `S${at}`))
        const { listed, leftOut } = listTies(all, most)
        assert.equal(listed.length, Math.min(most, all.length))
        assert.equal(new Set(listed).size, listed.length)
        for (const relation of listedRelations) {
          const of = all.filter((each) => each.relation === relation)
          const shown = listed.filter((each) => each.relation === relation)
          assert.deepEqual(shown, of.slice(0, shown.length))
          assert.ok(shown.length >= Math.min(of.length, 25, Math.floor(most / 4)))
          const missing = leftOut.find((each) => each.relation === relation)?.ties ?? 0
          assert.equal(missing, of.length - shown.length)
        }
      }),
    )
  })
})
