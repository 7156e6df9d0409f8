import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toTsv, tsvCell } from './tsv.ts'

test('a value that starts like a formula is disarmed', () => {
  for (const bad of ['=1+1', '+44 20', '-2', '@cmd', ' =1', '\t=1', '＝1', '"=1']) assert.match(tsvCell(bad), /^'/)
})

test('numbers stay numbers, absent stays empty', () => {
  assert.equal(tsvCell(-3.2), '-3.2')
  assert.equal(tsvCell(null), '')
})

test('tabs and line ends inside a value cannot make new cells or rows', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 3, maxLength: 3 }), (row) => {
      const lines = toTsv(['a', 'b', 'c'], [row]).split('\n')
      assert.equal(lines.length, 2)
      assert.equal(lines[1]?.split('\t').length, 3)
    }),
  )
})
