import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { textAt } from '../text/letters.ts'
import { ColumnMaker, columnsOf } from './columns.ts'
import { type FieldKind, fieldKinds } from './field.ts'
import { normalForm } from './normal.ts'

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'aAbé 1@.'), maxLength: 80 }),
  fc
    .tuple(
      fc.string({ unit: fc.constantFrom(...'az09._-+@'), maxLength: 8 }),
      fc.constantFrom('gmail.com', 'm_l.example', 'm-l.co', ''),
    )
    .map(([mailbox, domain]) => `${mailbox}@${domain}`),
)

it('a column of bytes is the column of the same texts, and both are what a list of normal forms says', () => {
  fc.assert(
    fc.property(fc.constantFrom<FieldKind>(...fieldKinds), fc.array(cell, { maxLength: 40 }), (kind, cells) => {
      const field = { name: 'one', kind }
      const byBytes = new ColumnMaker(field, 2)
      const encoder = new TextEncoder()
      for (const text of cells) {
        const bytes = encoder.encode(`|${text}|`)
        byBytes.addBytes(bytes, 1, bytes.length - 1)
      }
      const records = cells.map((text, id) => ({ id: String(id), values: [text === '' ? [] : [text]] }))
      const [byTexts] = columnsOf({ fields: [field], records })
      const column = byBytes.made()
      assert.deepEqual(column, byTexts)
      const normal = cells.map((text) => (text === '' ? '' : normalForm(kind, text)))
      const said = cells.map((_, record) => {
        const [from, to] = [column.starts[record] ?? 0, column.starts[record + 1] ?? 0]
        return from === to ? '' : textAt(column.letters, column.values[from] ?? 0)
      })
      assert.deepEqual(said, normal)
      const texts = Array.from(column.counts, (_, value) => textAt(column.letters, value))
      assert.equal(new Set(texts).size, texts.length)
      texts.forEach((text, value) => {
        assert.equal(column.counts[value], normal.filter((each) => each === text).length)
      })
      assert.equal(column.saidBy, normal.filter((each) => each !== '').length)
    }),
    { numRuns: 1000 },
  )
})
