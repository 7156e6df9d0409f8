import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { EdgeScored } from './events.ts'
import { shapeOf } from './shape.ts'

/** Steps to everything that can be reached, without the links between `start` and `without`. */
function stepsFrom(start: string, links: readonly EdgeScored[], without = ''): Map<string, number> {
  const steps = new Map([[start, 0]])
  for (const [record, distance] of steps) {
    for (const { one, other } of links) {
      const next = one === record ? other : other === record ? one : null
      const isLeftOut = (one === start && other === without) || (other === start && one === without)
      if (next !== null && !steps.has(next) && !isLeftOut) steps.set(next, distance + 1)
    }
  }
  return steps
}

it('bridges and diameter are those of walking everywhere', () => {
  const records = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const name = fc.constantFrom(...records)
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { maxLength: 16 }), (pairs) => {
      const links = pairs
        .filter(([one, other]) => one !== other)
        .map(([one, other], id): EdgeScored => {
          const about = { kind: 'edge scored', relation: 'same person', model: { name: '', revision: 1 } } as const
          return { ...about, id: String(id), at: 0, one, other, prior: 0, evidence: [] }
        })
      const { diameter, bridges } = shapeOf(records, links)
      assert.equal(diameter, Math.max(...records.flatMap((record) => [...stepsFrom(record, links).values()])))
      assert.equal(bridges, links.filter(({ one, other }) => !stepsFrom(one, links, other).has(other)).length)
    }),
    { numRuns: 2000 },
  )
})
