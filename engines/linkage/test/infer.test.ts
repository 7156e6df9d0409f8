import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inferKinds } from '../src/index.ts'
import { knownTruths } from './known-truth.ts'

const kindOf = (name: string, values: readonly string[]) =>
  inferKinds(
    [name],
    values.map((value) => [value]),
  )[0]

describe('the kind of a column', () => {
  it('is what a person said of each known set, its numbers and truths apart', () => {
    for (const [name, open] of Object.entries(knownTruths)) {
      // Of this one nobody said the kinds.
      if (name === 'Senzing') continue
      const { table } = open()
      const rows = table.records.map(({ values }) => values.map(([first = '']) => first))
      const inferred = inferKinds(
        table.fields.map((field) => field.name),
        rows,
      )
      const wrong = inferred.filter(({ kind }, at) => kind !== table.fields[at]?.kind)
      // A street's number is a number, told apart only by a person; nothing else differs.
      assert.deepEqual(
        wrong.map((column) => column.name).filter((column) => !['street_number', 'address_2'].includes(column)),
        [],
        name,
      )
    }
  })

  it('follows the values where the head says nothing', () => {
    assert.equal(kindOf('a', ['x@a.example', 'y@b.example', ''])?.kind, 'email')
    assert.equal(kindOf('b', ['+44 20 7946 0001', '(020) 7946-0002'])?.kind, 'phone')
    const names = Array.from({ length: 40 }, (_, at) => `${'abcdefghij'[at % 10]}${'klmnopqrst'[Math.floor(at / 10)]}`)
    assert.equal(kindOf('c', [...names, ...names])?.kind, 'name')
  })

  it('is none for numbers of the record, for what is the same everywhere, and for dates of nobody', () => {
    assert.equal(kindOf('RECORD_ID', ['1', '2', '3'])?.kind, null)
    assert.equal(kindOf('x', ['same', 'same'])?.kind, null)
    assert.equal(kindOf('DATE', ['2020-01-01', '1/2/18', '2011-11-11'])?.kind, null)
    assert.equal(kindOf('x', [''])?.because, 'nothing is in it')
    const own = Array.from({ length: 30 }, (_, at) => `code${at}`)
    assert.equal(kindOf('x', own)?.kind, null)
  })
})
