import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Field, formsWith, type Linkage, link, linkColumns, type Table } from '../src/index.ts'
import { LinkagePool } from '../src/pool/index.ts'
import { columnOfFile, columnsOfFile } from '../src/table/cells.ts'
import { knownTruths } from './known-truth.ts'

/** All of a linkage that is said of records, to the last bit. */
const said = ({ clusters, bar, calibration, model, candidates, dendrogram, rules, scorer }: Linkage) => ({
  ...{ clusters, bar, calibration, model, candidates, merges: dendrogram.merges },
  rules: rules.map(({ name, pairs }) => ({ name, pairs })),
  pairs: Array.from({ length: 50 }, (_, at) => scorer.explain(candidates.ones[at] ?? 0, candidates.others[at] ?? 0)),
})

describe('threads that share a linkage', () => {
  const pools = [1, 2, 3].map((threads) => new LinkagePool(threads))
  const [, two = new LinkagePool(2)] = pools
  after(() => Promise.all(pools.map((pool) => pool.close())))

  it('find what one finds, to the last bit', async () => {
    const { table } = knownTruths['fake 1000']()
    const alone = said(await link(table))
    for (const pool of pools) assert.deepEqual(said(await link(table, pool)), alone)
  })

  it('find it in tables so large that blocks and candidates are in parts', async () => {
    const rows = 220_000
    const fields: Field[] = [
      { name: 'first', kind: 'name' },
      { name: 'birth', kind: 'date' },
      { name: 'mail', kind: 'email' },
    ]
    // Every third person twice, once with a slip.
    const cells = Array.from({ length: rows }, (_, row) => {
      const person = row % 3 === 2 ? row - 1 : row
      const slip = row % 3 === 2 ? 'x' : ''
      return [`n${person % 7919}${slip}`, `${19_000_000 + ((person * 37) % 900_000)}`, `m${person}@mail.example`]
    })
    const bytes = new TextEncoder().encode(cells.map((row) => row.join(',')).join('\n'))
    const ends = Int32Array.from([...bytes.keys(), bytes.length]).filter(
      (at) => at === bytes.length || bytes[at] === 44 || bytes[at] === 10,
    )
    const columns = await columnsOfFile({ bytes, ends, fields }, two)
    const column = columnOfFile({ bytes, ends, fields })
    assert.deepEqual(
      columns,
      fields.map((_, place) => column(place)),
    )
    const alone = said(await linkColumns(columns, rows))
    assert.ok(alone.candidates.count > 10_000 && alone.merges.length > 10_000)
    assert.deepEqual(said(await linkColumns(columns, rows, two)), alone)
  })

  it('know the given names that somebody said', async () => {
    const forms = formsWith(['zebulon: quirin'])
    const people = Array.from({ length: 700 }, (_, at) => [
      `Family${at}, Zebulon`,
      `19${10 + (at % 80)}01${10 + (at % 19)}`,
    ])
    const table: Table = {
      fields: [
        { name: 'name', kind: 'full name', forms },
        { name: 'birth', kind: 'date' },
      ],
      records: people.flatMap(([name = '', birth = ''], at) =>
        [name, name.replace('Zebulon', 'Quirin')].map((written, copy) => ({
          ...{ id: `${at} ${copy}`, values: [[written], [birth]] },
        })),
      ),
    }
    const alone = await link(table)
    const shared = await link(table, two)
    assert.deepEqual(said(shared), said(alone))
    assert.equal(shared.scorer.explain(0, 1).evidence[0]?.level, alone.scorer.explain(0, 1).evidence[0]?.level)
    assert.notEqual(alone.scorer.explain(0, 1).evidence[0]?.level, 'different')
  })

  it('give columns whose names have all their forms, whoever made them', async () => {
    const forms = formsWith(['zebulon: quirin'])
    const fields = ['one', 'two', 'three'].map((name): Field => ({ name, kind: 'full name', forms }))
    const bytes = new TextEncoder().encode('Smith Zebulon,Smith Quirin,Smith Zebulon')
    for (const pool of pools) {
      const columns = await columnsOfFile({ bytes, ends: Int32Array.of(13, 26, 40), fields }, pool)
      assert.ok(columns.every(({ field }) => field.forms?.areOne('zebulon', 'quirin') === true))
    }
  })

  it('tell what went wrong in any of them, and go on working', async () => {
    const fields: Field[] = [{ name: 'one', kind: 'name' }]
    const wrong = { bytes: new TextEncoder().encode('a'), ends: Int32Array.of(1), fields }
    for (const pool of pools) await assert.rejects(pool.all('columns', wrong, 4), /There is no column/)
    assert.equal((await two.all('columns', wrong, 1)).length, 1)
    const { table } = knownTruths['fake 1000']()
    const both = await Promise.all([link(table, two), link(table, two)])
    assert.deepEqual(said(both[0]), said(both[1]))
  })

  it('that were closed answer nothing', async () => {
    const closed = new LinkagePool(2)
    await closed.close()
    const { table } = knownTruths['fake 1000']()
    await assert.rejects(link(table, closed), /closed/)
    assert.throws(() => new LinkagePool(0), RangeError)
  })
})
