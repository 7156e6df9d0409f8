import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { comparedOf } from '../src/compare/compared.ts'
import { columnOf, sameRows } from '../src/compare/same-rows.ts'
import { type Column, columnsOf, heldClusters, link, type Table, type TableRecord } from '../src/index.ts'
import { textAt } from '../src/text/letters.ts'
import { knownTruths } from './known-truth.ts'

describe('somebody who is written in the same words very often', () => {
  const { table } = knownTruths['fake 1000']()
  const [one] = table.records.filter(({ values }) => values.every((value) => value.length === 1))
  assert.ok(one !== undefined)
  const { values } = one
  const first = table.records.length
  const same = Array.from({ length: 60 }, (_, at): TableRecord => ({ id: `same ${at}`, values }))
  // A letter too many in the first name.
  const slip: TableRecord = {
    id: 'slip',
    values: values.map((value, field) => (field === 0 ? [`${value[0]}x`] : value)),
  }
  const often: Table = { ...table, records: [...table.records, ...same, slip] }

  it('is one person with himself, with a slip of his name, and with the record that was there', async () => {
    const linked = await link(often)
    const clusters = new Set(linked.clusters.subarray(first))
    assert.equal(clusters.size, 1)
    assert.ok(clusters.has(linked.clusters[table.records.indexOf(one)] ?? -1))
    const held = heldClusters(linked).find(({ records }) => records.includes(first)) ?? assert.fail()
    assert.equal(held.links.length, held.records.length - 1)
    assert.ok(held.links.every(({ weight }) => weight >= linked.bar))
  })

  it('is not, where the words say too little: a first name alone', async () => {
    const said = often.records.map((record, at) =>
      at < first ? record : { ...record, values: record.values.map((value, field) => (field === 0 ? value : [])) },
    )
    const { clusters } = await link({ ...often, records: said })
    assert.equal(new Set(clusters.subarray(first, first + same.length)).size, same.length)
  })
})

it('the first of more equal records than the limit stands for all, and nothing else is taken for equal', () => {
  const value = fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 })
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (rows, most) => {
      const fields = [
        { name: 'one', kind: 'category' as const },
        { name: 'other', kind: 'category' as const },
      ]
      const records = rows.map((values, at) => ({ id: String(at), values }))
      const columns = columnsOf({ fields, records })
      const { firsts, standing } = sameRows(comparedOf(columns), most)
      const wordsOf = (row: readonly (readonly string[])[]): string | null => {
        const values = row.map((list) => [...new Set(list)])
        return values.some(({ length }) => length > 1) || values.every(({ length }) => length === 0)
          ? null
          : JSON.stringify(values)
      }
      const expected = rows.map((row, own) => {
        const words = wordsOf(row)
        const equal = rows.flatMap((other, at) => (words !== null && wordsOf(other) === words ? [at] : []))
        return equal.length > most ? (equal[0] ?? own) : own
      })
      assert.deepEqual([...firsts], expected)
      assert.deepEqual(
        [...standing],
        expected.filter((record, own) => record === own),
      )
      // What is left is the table of what stands, save that its values keep their numbers.
      const left = columnsOf({ fields, records: [...standing].map((record) => records[record] ?? assert.fail()) })
      columns.forEach((column, place) => {
        const some = columnOf(column, standing)
        const written = ({ starts, values, letters }: Column): string[][] =>
          Array.from({ length: starts.length - 1 }, (_, at) =>
            [...values.subarray(starts[at], starts[at + 1])].map((value) => textAt(letters, value)),
          )
        const plain = left[place] ?? assert.fail()
        assert.deepEqual(written(some), written(plain))
        assert.deepEqual([some.counts, some.saidBy], [column.counts, column.saidBy])
      })
    }),
    { numRuns: 500 },
  )
})
