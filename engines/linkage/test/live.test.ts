import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { columnsOf, evaluate, type LinkEvent, Live, link, Subjects } from '../src/index.ts'
import { BlockIndex } from '../src/live/block-index.ts'
import { knownTruths } from './known-truth.ts'

describe('records that arrive one by one', async () => {
  const { table, truth } = knownTruths['fake 1000']()
  const linked = await link(table)
  const learned = {
    name: 'fake 1000',
    revision: 1,
    columns: columnsOf(table),
    model: linked.model,
    rules: linked.rules,
  }
  const settings = { bar: 1000 * linked.bar }

  function arrive(order: readonly number[]): { readonly subjects: Subjects; readonly log: LinkEvent[] } {
    const [live, subjects] = [new Live(learned), new Subjects({ settings })]
    const log = order.flatMap((number) =>
      live.add({ record: `r${number}`, at: number, values: table.records[number]?.values ?? [] }, subjects),
    )
    return { subjects, log }
  }

  const all = [...table.records.keys()]
  const { subjects, log } = arrive(all)

  it('fall into the same subjects in any order', () => {
    const state = JSON.stringify(subjects.snapshot())
    assert.equal(JSON.stringify(arrive([...all].reverse()).subjects.snapshot()), state)
    const jumping = all.map((number) => (number * 377) % all.length)
    assert.equal(new Set(jumping).size, all.length)
    assert.equal(JSON.stringify(arrive(jumping).subjects.snapshot()), state)
  })

  it('are as right as the table at once', () => {
    const numbers = new Map<string, number>()
    const clusters = all.map((number) => {
      const id = subjects.subjectOf(`r${number}`)?.id ?? ''
      if (!numbers.has(id)) numbers.set(id, numbers.size)
      return numbers.get(id) ?? 0
    })
    const [one, other] = [evaluate(clusters, truth), evaluate(linked.clusters, truth)]
    assert.ok(one.pairs.f1 >= other.pairs.f1 - 0.01, `${one.pairs.f1} of ${other.pairs.f1}`)
    assert.ok(one.bCubed.f1 >= other.bCubed.f1 - 0.01)
  })

  it('leave a log from which all of it can be told again', () => {
    const again = Subjects.open(log, { settings })
    assert.deepEqual(again.versions, [])
    assert.deepEqual(again.subjects.snapshot(), subjects.snapshot())
  })
})

it('an index of keys finds what a list finds, the latest first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { maxLength: 3000, size: 'max' }),
      fc.nat(50),
      fc.integer({ min: 1, max: 60 }),
      (hashes, asked, most) => {
        const index = new BlockIndex()
        hashes.forEach((hash, record) => {
          index.add(record, Math.imul(hash, 0x9e3779b1))
        })
        const found = new Set<number>()
        index.find(Math.imul(asked, 0x9e3779b1), most, found)
        const plain = [...hashes.keys()].filter((record) => hashes[record] === asked).reverse()
        assert.deepEqual([...found], plain.slice(0, most))
      },
    ),
    { numRuns: 30 },
  )
})
