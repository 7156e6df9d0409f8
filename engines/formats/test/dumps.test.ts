import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { noProfile } from '../src/bulk/columns.ts'
import { headOf } from '../src/head.ts'
import { jsonLinesReader, jsonLinesReaderWith } from '../src/json-lines/reader.ts'
import { plainTextReader } from '../src/plain-text/reader.ts'
import type { ItemRecord } from '../src/record.ts'
import { tableCsvReader, tableCsvReaderWith } from '../src/table-csv/reader.ts'
import { agrees, codes, outcomes, readWhole, streamWhole, survives, type Whole } from './hardships.ts'

const folder = new URL('../../../fixtures/csv-quirks/', import.meta.url)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const records = ({ entries }: Whole): ItemRecord[] =>
  entries.flatMap((entry) => (entry.outcome === 'set-aside' || entry.record.kind !== 'item' ? [] : [entry.record]))
const commas = tableCsvReaderWith({ dialect: { delimiter: ',', header: true }, profile: noProfile })
const cellsOf = (record: ItemRecord): { [name: string]: string } =>
  Object.fromEntries(record.details.map(({ kind, value }) => [kind, value]))

describe('tables', () => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.csv'))) {
    test(`${name} of the acid test gives exactly its rows`, () => {
      const truth: unknown = JSON.parse(readFileSync(new URL(name.replace('.csv', '.json'), folder), 'utf8'))
      assert.ok(Array.isArray(truth))
      const reading = readWhole(tableCsvReader, readFileSync(new URL(name, folder)))
      const filled = truth.map((row: object) =>
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')),
      )
      assert.deepEqual(records(reading).map(cellsOf), filled)
      assert.equal(outcomes(reading).setAside, 0)
    })
  }

  test('columns that name their kind give mentions, and a value that fails its test is remarked and kept', () => {
    const text =
      'id,email,last_ip,username,created_at,body\n7,test@mail.example,192.0.2.9,Test One,2026-01-02T03:04:05Z,hello\n8,no mail,999.1.1.1,Test Two,1767323045,'
    const [first, second] = records(readWhole(tableCsvReader, utf8(text)))
    assert.ok(first !== undefined && second !== undefined)
    assert.deepEqual(
      first.mentions.map(({ identifier }) => identifier.normal),
      ['test@mail.example', '192.0.2.9'],
    )
    assert.equal(first.reference, '7')
    assert.equal(first.at?.instant, '2026-01-02T03:04:05.000Z')
    assert.deepEqual(
      first.narratives.map(({ text: said }) => said),
      ['hello'],
    )
    assert.deepEqual(
      first.people.map(({ names }) => names),
      [['Test One']],
    )
    assert.equal(second.at?.instant, null)
    assert.deepEqual(second.at?.candidates, ['2026-01-02T03:04:05.000Z'])
    assert.deepEqual(codes(readWhole(tableCsvReader, utf8(text))), ['not-valid', 'not-valid'])
  })

  test('a quote that is never closed costs its own line only', () => {
    const reading = readWhole(tableCsvReader, utf8('a,b\n1,"open\n2,x\n3,y\n'))
    assert.deepEqual(outcomes(reading), { accepted: 2, remarked: 0, setAside: 1 })
    assert.deepEqual(records(reading).map(cellsOf), [
      { a: '2', b: 'x' },
      { a: '3', b: 'y' },
    ])
  })

  test('rows of another width and text behind a quote are kept and remarked', () => {
    const reading = readWhole(tableCsvReader, utf8('a,b\n1\n1,2,3\n"x"y,2\n1,2\n1,2\n1,2\n'))
    assert.deepEqual(codes(reading), ['column-count', 'column-count', 'stray-quote'])
    assert.deepEqual(cellsOf(records(reading)[1] ?? assert.fail()), { a: '1', b: '2', 'column 3': '3' })
  })

  test('a separator that the rows do not decide is asked for', () => {
    const text = utf8('a,b;c\n1,2;3\n4,5;6\n')
    assert.deepEqual(codes(readWhole(tableCsvReader, text)), ['table-unclear'])
    assert.equal(outcomes(readWhole(commas, text)).accepted, 2)
  })

  test('UTF-16 and other bytes are read, the latter with a remark', () => {
    const wide = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('a;b\r\nä;ö\r\n', 'utf16le')])
    assert.deepEqual(records(readWhole(tableCsvReader, wide)).map(cellsOf), [{ a: 'ä', b: 'ö' }])
    const marked = readWhole(tableCsvReader, utf8('\ufeffsep=;\r\na;b\r\n1;2\r\n'))
    assert.deepEqual(records(marked).map(cellsOf), [{ a: '1', b: '2' }])
    assert.deepEqual(codes(readWhole(tableCsvReader, Buffer.from('a;b\nä;ö\n', 'latin1'))), ['not-utf-8'])
  })

  test('any table comes back cell by cell, in pieces of any size', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'ä', '😀'), maxLength: 8 })
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 })
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
        const bytes = utf8(`x,y,z\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}`)
        const reading = await streamWhole(commas, bytes, size)
        const wanted = rows.map((row) =>
          Object.fromEntries(['x', 'y', 'z'].flatMap((name, at) => (row[at] === '' ? [] : [[name, row[at]]]))),
        )
        assert.deepEqual(records(reading).map(cellsOf), wanted)
      }),
      { numRuns: 200 },
    )
  })
})

describe('JSON lines', () => {
  test('each line is a row: paths, numbers as written, faults of one line only', () => {
    const text =
      '{"id":12345678901234567890,"user":{"email":"test@mail.example"},"tags":["a","b"]}\n{"id":1,"id":2}\n{broken\n\n[1,2]\n'
    const reading = readWhole(jsonLinesReader, utf8(text))
    assert.deepEqual(outcomes(reading), { accepted: 1, remarked: 1, setAside: 2 })
    const [first] = records(reading)
    assert.equal(first?.reference, '12345678901234567890')
    assert.deepEqual(
      first?.mentions.map(({ place, identifier }) => [place, identifier.normal]),
      [['line 1 $.user.email', 'test@mail.example']],
    )
    assert.deepEqual(codes(reading), ['json-duplicate-key', 'json-syntax', 'not-an-object'])
  })

  test('a person may say what a key means', () => {
    const reader = jsonLinesReaderWith({ names: { contact: 'email', email: 'other' } })
    const [record] = records(readWhole(reader, utf8('{"contact":"a@mail.example","email":"b@mail.example"}\n')))
    assert.deepEqual(
      record?.mentions.map(({ identifier }) => identifier.normal),
      ['a@mail.example'],
    )
  })
})

describe('plain text', () => {
  test('each line that is not blank is a row with its text as written', () => {
    const reading = readWhole(plainTextReader, utf8('one\r\n\n  \ntwo'))
    assert.deepEqual(
      records(reading).map(({ narratives }) => narratives[0]),
      [
        { place: 'line 1', about: 'other', author: null, text: 'one' },
        { place: 'line 4', about: 'other', author: null, text: 'two' },
      ],
    )
  })

  test('a very long line is read in pieces that lose nothing', () => {
    const words = 'word '.repeat(200_000)
    const reading = readWhole(plainTextReader, utf8(`${words}\nend`))
    assert.equal(
      records(reading)
        .slice(0, -1)
        .map(({ narratives }) => narratives[0]?.text)
        .join(''),
      words,
    )
    assert.ok(codes(reading).every((code) => code === 'line-split'))
    const pieces = records(reading).map(({ narratives }) => narratives[0]?.text ?? '')
    assert.ok(pieces.slice(0, -2).every((piece) => piece.startsWith('word') && piece.endsWith(' ')))
  })
})

describe('detection', () => {
  const fit = (text: string) =>
    [tableCsvReader, jsonLinesReader, plainTextReader].map((reader) => reader.detect(headOf(utf8(text))))
  test('a dump is only ever possible', () => {
    assert.deepEqual(fit('a,b\n1,2\n3,4\n'), ['possible', 'no', 'no'])
    assert.deepEqual(fit('{"a":1}\n{"a":2}\n'), ['no', 'possible', 'no'])
    assert.deepEqual(fit('Just words\nand more.'), ['no', 'no', 'possible'])
  })
  test('a list of hashes is one, unless a column speaks of people', () => {
    const md5 = 'd41d8cd98f00b204e9800998ecf8427e'
    assert.deepEqual(fit(`md5,size\n${md5},1\n${md5},2\n`), ['no', 'no', 'no'])
    assert.deepEqual(fit(`md5,email\n${md5},a@mail.example\n${md5},b@mail.example\n`), ['possible', 'no', 'no'])
    assert.deepEqual(fit(`${md5}\n${md5}\n`), ['no', 'no', 'no'])
    assert.deepEqual(fit(`a@mail.example:${md5}\nb@mail.example:${md5}\n`), ['no', 'no', 'possible'])
  })
})

describe('hardships', () => {
  const csv = utf8(
    `id,email,text\n${Array.from({ length: 60 }, (_, at) => `${at},test${at}@mail.example,"said ""${at}""\nmore"`).join('\n')}\n`,
  )
  const jsonl = utf8(
    Array.from({ length: 60 }, (_, at) =>
      JSON.stringify({ id: at, email: `test${at}@mail.example`, n: { x: [at] } }),
    ).join('\n'),
  )
  const text = utf8(Array.from({ length: 60 }, (_, at) => `line ${at} of words`).join('\r\n'))
  for (const [reader, bytes] of [
    [tableCsvReader, csv],
    [jsonLinesReader, jsonl],
    [plainTextReader, text],
  ] as const) {
    test(`${reader.id}: in pieces, resumed and damaged`, async () => {
      await agrees(reader, bytes)
      survives(reader, bytes)
    })
  }
  test('quotes that never close stay linear', () => {
    const started = performance.now()
    const lines = Buffer.from('a,"b""\n'.repeat(300_000))
    const { entries } = readWhole(
      tableCsvReaderWith({ dialect: { delimiter: ',', header: false }, profile: noProfile }),
      lines,
    )
    assert.ok(entries.length > 0)
    assert.ok(performance.now() - started < 8000)
  })
  test('too many records end the reading with one entry that says so', () => {
    const reading = readWhole(plainTextReader, utf8('a\nb\nc\nd'), { maxRecords: 2 })
    assert.deepEqual(codes(reading), ['too-many-records'])
    assert.equal(reading.entries.length, 3)
  })
})
