import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { settledDates } from './dates.ts'
import { gathered, tableOfCells } from './gather.ts'
import { inferKinds } from './infer.ts'

const cellsOf = (names: readonly string[], rows: readonly (readonly string[])[]) => ({
  names,
  rows: rows.map((row) => row.map((value) => (value === '' ? [] : [value]))),
  columns: inferKinds(names, rows),
})

describe('columns that write one thing', () => {
  it('become one name and one address, and types and numbers of a row are left out', () => {
    const cells = gathered(
      cellsOf(
        [
          'RECORD_ID',
          'PRIMARY_NAME_FULL',
          'PRIMARY_NAME_LAST',
          'PRIMARY_NAME_FIRST',
          'NATIVE_NAME_FULL',
          'ADDR_FULL',
          'ADDR_LINE1',
          'ADDR_CITY',
          'ADDR_TYPE',
          'PHONE_TYPE',
          'STATUS',
        ],
        [
          ['1', 'Probe, Anna', '', '', '', '1 Main St, Testtown', '', '', 'HOME', 'MOBILE', 'Active'],
          ['2', '', 'Probe', 'Anna', 'Проба Анна', '', '1 Main Street', 'Testtown', 'MAILING', 'HOME', 'Inactive'],
        ],
      ),
    )
    const { fields, records } = tableOfCells(cells)
    assert.deepEqual(
      fields.map(({ name, kind }) => [name, kind]),
      [
        ['whole name', 'full name'],
        ['whole address', 'postal address'],
      ],
    )
    assert.deepEqual(
      records.map(({ values }) => values),
      [
        [['Probe, Anna'], ['1 Main St, Testtown']],
        [['Probe, Anna', 'Проба Анна'], ['1 Main Street, Testtown']],
      ],
    )
    assert.match(cells.columns.at(-1)?.because ?? '', /put together of ADDR_FULL, ADDR_LINE1, ADDR_CITY/)
  })

  it('stay as they are where a person said what they hold', () => {
    const cells = cellsOf(
      ['surname', 'first_name'],
      [
        ['Probe', 'Anna'],
        ['Muster', 'Hugo'],
      ],
    )
    assert.deepEqual(
      tableOfCells(gathered(cells)).fields.map(({ name }) => name),
      ['whole name'],
    )
    const said = cells.columns.map((column) => ({ ...column, because: 'as you said' }))
    assert.deepEqual(
      tableOfCells(gathered({ ...cells, columns: said })).fields.map(({ name }) => name),
      ['surname', 'first_name'],
    )
  })

  it('bring sexes to their letter, and what is unknown is not said', () => {
    const table = tableOfCells(gathered(cellsOf(['gender'], [['Male'], ['F'], ['Unknown'], ['m'], ['x']])))
    assert.deepEqual(
      table.records.map(({ values }) => values[0]),
      [['m'], ['f'], [], ['m'], ['x']],
    )
  })
})

describe('dates of a column', () => {
  it('are read in the order that the column shows', () => {
    assert.deepEqual(
      settledDates([
        '3/1/1970',
        '10/27/76',
        'Mar 1 1970',
        '24-May-11',
        '1970-03-01',
        '6/15/98',
        '20/8/1991',
        '9/28/97',
        '3/25/89',
        '11/21/73',
      ]),
      [
        ...['1970-03-01', '1976-10-27', '1970-03-01', '2011-05-24', '1970-03-01', '1998-06-15', '1991-08-20'],
        '1997-09-28',
        '1989-03-25',
        '1973-11-21',
      ],
    )
    assert.deepEqual(settledDates(['3.1.1970', '27.10.1976']), ['1970-01-03', '1976-10-27'])
  })
  it('stay as they are where nothing shows the order, or it is no date', () => {
    assert.deepEqual(settledDates(['3/1/1970', '4/5/1971']), ['3/1/1970', '4/5/1971'])
    assert.deepEqual(settledDates(['1970', 'unknown', '40/40/1970', '']), ['1970', 'unknown', '40/40/1970', ''])
    // As many one way as the other: the column is mixed.
    assert.deepEqual(settledDates(['3/1/1970', '27/10/1976', '10/27/1976'])[0], '3/1/1970')
  })
  it('never throw, and settle once and for all', () => {
    const text = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(40), fc.nat(40), fc.nat(2100)).map((parts) => parts.join('/')),
    )
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (written) => {
        const settled = settledDates(written)
        assert.equal(settled.length, written.length)
        settled.forEach((date, at) => {
          if (date !== written[at]) assert.equal(settledDates([date])[0], date)
        })
      }),
    )
  })
})
